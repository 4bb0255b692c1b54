// What a business enters to connect a website.
import type { Setting } from '../contract.js';

export const settings: readonly Setting[] = [
  {
    key: 'origins',
    secret: false,
    required: true,
    type: 'string[]',
    description: 'Origins of the pages that may open the chat, as the browser names them: https://www.example.com',
  },
];
