// Which identifiers one activity exposes, and where. All of them live in memory only, until instructions decide.
import type { ExposedIdentifier } from '#libs/kernel';
import { expose, place, type Exposures, type Place } from '../shared/exposures.js';
import { bounded, fields, isFields, items, text, type Fields } from '../shared/read.js';

/** Places that hold their identifier as it is: [key, path]. */
const PLAIN: readonly (readonly [string, string])[] = [
  ['conversation_id', 'conversationId'],
  ['message_id', 'activityId'],
  ['message_id', 'activity.replyToId'],
  ['client_activity_id', 'activity.channelData.clientActivityID'],
  ['client_activity_id', 'activity.id'],
  ['ip', 'transport.ip'],
  ['user_agent', 'transport.userAgent'],
  ['page_title', 'activity.channelData.page.title'],
  ['locale', 'activity.locale'],
  ['locale', 'transport.acceptLanguage'],
  ['timezone', 'activity.localTimezone'],
  ['local_timestamp', 'activity.localTimestamp'],
  ['host_user_id', 'activity.from.aadObjectId'],
  ['host_user_id', 'activity.channelData.host.userId'],
  ['host_email', 'activity.channelData.host.email'],
  ['host_name', 'activity.from.name'],
  ['host_name', 'activity.channelData.host.name'],
  ['prechat_name', 'activity.channelData.prechat.name'],
  ['prechat_email', 'activity.channelData.prechat.email'],
  ['prechat_phone', 'activity.channelData.prechat.phone'],
  ['transcript_email', 'activity.channelData.transcriptEmail'],
];

const ROUTES = PLAIN.map(([key, path]) => ({ where: place(key, path), steps: path.split('.') }));

export function exposed(payload: Fields): readonly ExposedIdentifier[] {
  const into: Exposures = [];
  const visitor = expose(into, place('visitor_id', 'visitorId'), payload['visitorId']);
  const activity = fields(payload['activity']);
  const claimed = text(fields(activity['from'])['id']);
  // A client that names another person than its token does tells us who the host page thinks it is.
  expose(into, place(claimed === visitor ? 'visitor_id' : 'host_user_id', 'activity.from.id'), claimed);
  for (const { where, steps } of ROUTES) expose(into, where, follow(payload, steps));
  const { clientHints, referer } = fields(payload['transport']);
  part(into, place('client_hints', 'transport.clientHints'), clientHints);
  const page = fields(fields(activity['channelData'])['page']);
  address(into, 'activity.channelData.page.url', page['url']);
  address(into, 'transport.referer', referer);
  expose(into, place('referrer', 'activity.channelData.page.referrer'), withoutQuery(page['referrer']));
  for (const entity of items(activity['entities'])) entityOf(into, fields(entity));
  for (const upload of items(payload['uploads']))
    expose(into, place('file_name', 'uploads[].name'), fields(upload)['name']);
  for (const file of items(activity['attachments'])) {
    expose(into, place('file_name', 'activity.attachments[].name'), fields(file)['name']);
  }
  if (isFields(activity['value']) && text(fields(activity['value'])['choice']) === undefined) {
    part(into, place('flow_answers', 'activity.value'), activity['value']);
  }
  return into;
}

const follow = (payload: Fields, steps: readonly string[]): unknown =>
  steps.reduce<unknown>((value, step) => fields(value)[step], payload);

/** A whole part of the activity is the value: as JSON. */
function part(into: Exposures, where: Place, value: unknown): void {
  if (isFields(value) && Object.keys(value).length > 0) expose(into, where, JSON.stringify(bounded(value)));
}

function entityOf(into: Exposures, entity: Fields): void {
  if (entity['type'] === 'ClientCapabilities') part(into, place('client_capabilities', 'activity.entities[]'), entity);
  const geo = entity['type'] === 'GeoCoordinates' ? entity : entity['geo'];
  part(into, place('geo', 'activity.entities[].geo'), geo);
}

/** Parameters with which advertisers recognise a click again. */
const CLICKS = new Set(
  'gclid gbraid wbraid dclid fbclid msclkid ttclid twclid li_fat_id yclid igshid mc_eid'.split(' '),
);

/** An address falls into three identifiers: the page, campaign names and click ids. The rest of its query is never exposed. */
function address(into: Exposures, path: string, value: unknown): void {
  const given = text(value);
  if (given === undefined || !URL.canParse(given)) return;
  expose(into, place('page_url', path), withoutQuery(given));
  const parameters = [...new URL(given).searchParams];
  const those = (wanted: (name: string) => boolean): string =>
    new URLSearchParams(parameters.filter(([name]) => wanted(name.toLowerCase()))).toString();
  expose(
    into,
    place('utm', `${path}?utm`),
    those((name) => name.startsWith('utm_')),
  );
  expose(
    into,
    place('click_id', `${path}?click`),
    those((name) => CLICKS.has(name)),
  );
}

function withoutQuery(value: unknown): string | undefined {
  const given = text(value);
  if (given === undefined || !URL.canParse(given)) return undefined;
  const { protocol, host, pathname } = new URL(given);
  return protocol === 'https:' || protocol === 'http:' ? `${protocol}//${host}${pathname}` : undefined;
}
