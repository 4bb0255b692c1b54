// Who wrote to whom and when: the fake's memory of persons and of their reply windows.
import { bsuidOf } from './ids.js';
import type { Behaviour, Person, WhatsAppPerson } from './types.js';

export interface People {
  /** A person wrote to an account: remembers their ids and the time. */
  heard(account: string, person: Person, at: number): void;
  /** Sets the time of a person's last message, as if they had written then. */
  tell(account: string, id: string, at: number): void;
  /** The name of the Messenger person with this id, as they gave it; null: nobody with that id has written. */
  messenger(psid: string): { readonly name?: string } | null;
  /** The WhatsApp person behind a number or BSUID; a stranger's BSUID is made up from the number. */
  whatsapp(address: string): WhatsAppPerson;
  /** The Instagram account to which somebody with this id wrote last. */
  instagramAccountOf(id: string): string | undefined;
  /** By any id of theirs. */
  nameOf(id: string): string | undefined;
  /** May the account write freely to this person? */
  windowOpen(
    account: string,
    id: string,
    rule: Pick<Behaviour, 'window' | 'windowMs'> & { readonly now: number },
  ): boolean;
  clear(): void;
}

export function people(): People {
  const known = new Map<string, WhatsAppPerson & { readonly psid?: string }>();
  const last = new Map<string, number>();
  const key = (account: string, id: string): string => `${account} ${id}`;
  const onInstagram = new Map<string, string>();
  const idsOf = (person: Person): readonly string[] =>
    [person.phone, person.bsuid, person.psid, person.igsid].filter((id): id is string => id !== undefined);

  return {
    heard(account, person, at) {
      if (person.igsid !== undefined) onInstagram.set(person.igsid, account);
      for (const id of idsOf(person)) {
        known.set(id, person);
        last.set(key(account, id), at);
      }
    },
    tell: (account, id, at) => void last.set(key(account, id), at),
    messenger(psid) {
      const person = known.get(psid);
      return person?.psid === psid ? person : null;
    },
    whatsapp(address) {
      const person = known.get(address);
      if (person) return person.bsuid ? person : { ...person, bsuid: bsuidOf(address) };
      return /^\d+$/.test(address) ? { phone: address, bsuid: bsuidOf(address) } : { bsuid: address };
    },
    instagramAccountOf: (id) => onInstagram.get(id),
    nameOf: (id) => known.get(id)?.name,
    windowOpen(account, id, { window, windowMs, now }) {
      if (window === 'off') return true;
      const at = last.get(key(account, id));
      return at === undefined ? window === 'told' : now - at < windowMs;
    },
    clear() {
      known.clear();
      last.clear();
      onInstagram.clear();
    },
  };
}
