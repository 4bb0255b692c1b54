// Every channel of the list keeps the contract; a channel without a subject fails.
import { CHANNELS } from '#libs/channels';
import { channelContract } from './channel.contract.js';
import { instagramSubject } from './instagram.subject.js';
import { messengerSubject } from './messenger.subject.js';
import { oddContract } from './odd.contract.js';
import { renderContract } from './render.contract.js';
import type { ContractSubject } from './subject.js';
import { webSubject } from './web.subject.js';
import { whatsappCloudSubject } from './whatsapp-cloud.subject.js';

const SUBJECTS: readonly ContractSubject[] = [whatsappCloudSubject, messengerSubject, instagramSubject, webSubject];

describe.each(CHANNELS.map((adapter) => [adapter.manifest.channel, adapter] as const))('%s', (channel, adapter) => {
  const subject = SUBJECTS.find((one) => one.channel === channel);
  it('has a subject for the contract', () => expect(subject).toBeDefined());
  if (!subject) return;
  channelContract(adapter, subject);
  renderContract(adapter, subject);
  oddContract(adapter, subject);
});
