// Every queue there is, and what its jobs carry: the part of the data map that is about queues. One that is not named here does not compile.

export const QUEUES = {
  conversations: 'wake-ups: random ids of tenants and of conversations',
  schedules: 'names of what is done again and again; nobody is meant',
} as const;

export type QueueName = keyof typeof QUEUES;
