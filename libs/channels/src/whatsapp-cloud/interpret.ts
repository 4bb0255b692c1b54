// Answers of the messages endpoint.
import type { HttpResponse, SendOutcome } from '#libs/kernel';
import { readGraphAnswer, type Reading } from '../shared/graph-answer.js';
import { fields, items, text } from '../shared/read.js';
import { errors } from './errors.js';

const READING: Reading = {
  table: errors,
  messageId: (body) => text(fields(items(body['messages'])[0])['id']),
};

export const interpret = (response: HttpResponse, attempt: number): SendOutcome =>
  readGraphAnswer(response, attempt, READING);
