import { deliver } from '../deliveries/deliver';
import { DeliveryEntity } from '../notifications/delivery.entity';
import type { UserErrorCode } from '../errors';
import { buildPerson, type Person } from './buildPeople';
import { buildMembership, buildNeighborhood } from './buildNeighborhoods';
import { buildItem } from './buildItems';
import { itIs } from './clock';
import type { DatabaseName } from './databases';
import { testAppWithMail } from './email';
import { loanMutation, type LoanAnswer } from './loans';
import { startPushService, usePushService } from './pushService';
import type { TestApi } from './testApp';

/** 12:00 in Berlin on the day of the tests of deliveries. */
export const NOON = new Date('2026-05-07T10:00:00Z');

/** Returns the time so many minutes after noon. */
export const minutes = (count: number): Date =>
  new Date(NOON.getTime() + count * 60_000);

/**
 * Starts a server at noon of May 7, with a mail server, a push service, and a neighborhood in Berlin where Ana
 * lends a drill to Ben. Both have a verified address and a browser that gets pushes.
 */
export async function buildDeliveryStreet(database: DatabaseName = 'sqlite') {
  // Before the clock is set: its certificate has to be valid today.
  const pushService = await startPushService();
  itIs(NOON);
  const { api, mailServer } = await testAppWithMail({
    database,
    pushHosts: [pushService.host],
    // The tests go on into the night.
    accessTokenSeconds: 86_400,
  });
  usePushService(api, pushService);
  const people: Person[] = [];
  for (const username of ['ana', 'ben'])
    people.push(
      await buildPerson(api, username, {
        name: username === 'ana' ? 'Ana' : 'Ben',
        email: `${username}@example.org`,
      }),
    );
  const [ana, ben] = people as [Person, Person];
  const street = await buildNeighborhood(api, ana);
  await buildMembership(api, street, ben);
  const drill = await buildItem(api, street, ana, { title: 'Drill' });
  const subscriptions = {
    ana: pushService.subscribe('ana'),
    ben: pushService.subscribe('ben'),
  };
  await addPushDevice(api, ana, subscriptions.ana);
  await addPushDevice(api, ben, subscriptions.ben);

  /** Lets Ben ask for an item. @returns the id of the loan */
  async function request(
    startDate = '2026-05-09',
    itemId = drill.id,
  ): Promise<string> {
    const answer = await ask(api, ben, 'requestLoan', {
      itemId,
      startDate,
      dueDate: startDate,
      note: '',
    });
    return String(answer.loan?.id);
  }

  return {
    api,
    mailServer,
    pushService,
    subscriptions,
    ana,
    ben,
    street,
    drill,
    request,
  };
}

/** Calls a mutation of loans that succeeds. */
export async function ask(
  api: TestApi,
  person: Person,
  name: string,
  input: object,
): Promise<LoanAnswer> {
  const { data } = await api
    .as(person)
    .run<{ answer: LoanAnswer }, object>(loanMutation(name), { input });
  expect(data.answer.errors).toEqual([]);
  return data.answer;
}

/** Runs the job that delivers, at a time. */
export async function deliverAt(
  { services }: TestApi,
  moment: Date,
): Promise<void> {
  itIs(moment);
  await deliver(
    {
      ...services,
      em: services.orm.em.fork(),
      tally: services.deliveryTally,
    },
    moment,
    new AbortController().signal,
  );
}

/** Reads what waits to be delivered. */
export const waiting = ({ services }: TestApi) =>
  services.orm.em.fork().find(DeliveryEntity, {});

type SettingsAnswer = {
  settings: Settings | null;
  errors: { code: UserErrorCode; message: string; field: string[] | null }[];
};

/** The settings of deliveries. */
export type Settings = {
  topics: { topic: string; push: boolean; mail: boolean }[];
  quietNights: boolean;
  messagePreviews: boolean;
  mailRefused: boolean;
  pushKey: string;
  devices: {
    id: string;
    device: string;
    current: boolean;
    createdAt: string;
    lastSentAt: string | null;
  }[];
};

const SETTINGS = `{ topics { topic push mail } quietNights messagePreviews mailRefused pushKey
  devices { id device current createdAt lastSentAt } }`;

/** Reads the settings of a person. */
export async function settingsOf(
  api: TestApi,
  person: Person,
): Promise<Settings> {
  const { data } = await api
    .as(person)
    .run<{ myDeliverySettings: Settings }, object>(
      `{ myDeliverySettings ${SETTINGS} }`,
    );
  return data.myDeliverySettings;
}

/** Calls a mutation of the settings by its name. */
export async function changeSettings(
  api: TestApi,
  person: Person,
  name: string,
  input: object,
): Promise<SettingsAnswer> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { data } = await api.as(person).run<{ answer: SettingsAnswer }, object>(
    `mutation ($input: ${type}!) { answer: ${name}(input: $input) {
      settings ${SETTINGS} errors { code message field } } }`,
    { input },
  );
  return data.answer;
}

/** Adds a browser of a person. */
export const addPushDevice = (
  api: TestApi,
  person: Person,
  subscription: object,
): Promise<SettingsAnswer> =>
  changeSettings(api, person, 'addPushDevice', subscription);
