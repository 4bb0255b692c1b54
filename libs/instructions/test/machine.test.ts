// What of a first notice says that a machine answers, and what only looks like it.
import { saysMachine } from '../src/lint/machine.js';

it.each([
  ['en', 'An automated assistant (AI) answers.'],
  ['en', 'Answers are written by an A.I. system.'],
  ['en', 'You are not talking to a human, but to a bot.'],
  ['en', 'A chatbot answers, no human reads along.'],
  ['de', 'Es antwortet ein automatischer Assistent.'],
  ['de', 'Termine vergibt ein KI-Assistent, keine Ärztin.'],
  ['fr', 'Un assistant automatique (IA) répond.'],
  ['es', 'Le responde un asistente automático.'],
  ['es', 'Le contesta una IA.'],
  ['it', 'Risponde un assistente (IA).'],
  ['it', 'Risponde un sistema di AI.'],
  ['nl', 'U krijgt antwoord van een geautomatiseerde assistent.'],
  ['pl', 'Odpowiada SI.'],
  ['pl', 'Korzystamy ze sztucznej inteligencji.'],
  ['pt-BR', 'Responde uma IA.'],
  ['hu', 'MI válaszol.'],
  ['tr', 'Randevuları otomatik bir asistan (AI) verir.'],
])('%s: "%s" says so', (language, text) => {
  expect(saysMachine(text, language)).toBe(true);
});

it.each([
  ['es', 'Escríbanos si necesita ayuda. Si no, llame.'],
  ['fr', 'Écrivez-nous si besoin, j’ai le temps.'],
  ['it', 'Rispondiamo ai messaggi dalle 9 alle 17.'],
  ['pl', 'Proszę napisać mi, co mi odpowiada.'],
  ['pt', 'Eu ia responder, mas ti e eu falamos depois.'],
  ['en', 'Our people answer, no robots.'],
  ['en', 'We reply ourselves, without any AI.'],
  ['de', 'Hier antwortet kein Bot.'],
  ['fr', 'Vous ne parlez pas à un humain pressé, sans robot.'],
  ['en', 'Messages are automatically deleted after 30 days.'],
  ['en', 'Write to bot@acme.example or see https://acme.example/bot.'],
  ['es', 'SI necesita ayuda, escriba.'],
  ['de', 'Nachrichten werden automatisch gelöscht. Wir antworten gern.'],
])('%s: "%s" does not', (language, text) => {
  expect(saysMachine(text, language)).toBe(false);
});
