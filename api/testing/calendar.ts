import ICAL from 'ical.js';
import { addDays } from '../calendar';
import type { CalendarFeed } from '../generated/types';
import type { Person } from './buildPeople';
import { itIs } from './clock';
import type { DatabaseName } from './databases';
import { buildLendingStreet, changeLoan } from './loans';
import type { Caller, TestApi } from './testApp';

/** Time of the tests of calendars. */
export const NOON = new Date('2026-05-10T10:00:00Z');

/** Event as a calendar app reads it. */
export type SeenEvent = {
  uid: string;
  summary: string;
  /** First day, and the day after the last. */
  start: string;
  end: string;
  isWholeDay: boolean;
  sequence: number;
  lastModified: string;
  stamp: string;
  status: string;
  url: string;
  description: string;
  transparency: string;
};

/** Parses iCalendar with another library than the one that wrote it. Throws for a malformed text. */
export function parseCalendar(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as object[]);
  return {
    name: String(calendar.getFirstPropertyValue('x-wr-calname')),
    property: (name: string) => String(calendar.getFirstPropertyValue(name)),
    parts: calendar.getAllSubcomponents().map(({ name }) => name),
    events: calendar.getAllSubcomponents('vevent').map(toEvent),
  };
}

function toEvent(component: ICAL.Component): SeenEvent {
  const text = (name: string) => String(component.getFirstPropertyValue(name));
  return {
    uid: text('uid'),
    summary: text('summary'),
    start: text('dtstart'),
    end: text('dtend'),
    isWholeDay: new ICAL.Event(component).startDate.isDate,
    sequence: Number(text('sequence')),
    lastModified: text('last-modified'),
    stamp: text('dtstamp'),
    status: text('status'),
    url: text('url'),
    description: text('description'),
    transparency: text('transp'),
  };
}

/** Answer of `createCalendarFeed`. */
type Created = {
  url: string | null;
  user: { calendarFeed: CalendarFeed | null } | null;
  errors: { code: string; message: string; field: string[] | null }[];
};

/** Creates the calendar address of a caller. */
export async function createFeed(
  caller: Caller,
  input: { replace?: boolean | null } = {},
): Promise<Created> {
  const { data } = await caller.run<{ createCalendarFeed: Created }, object>(
    `mutation ($input: CreateCalendarFeedInput!) { createCalendarFeed(input: $input) {
      url user { calendarFeed { createdAt lastReadAt } } errors { code message field } } }`,
    { input },
  );
  return data.createCalendarFeed;
}

/** Creates the calendar address of a person. @returns its path on the server */
export async function buildFeed(api: TestApi, person: Person): Promise<string> {
  const { url } = await createFeed(api.as(person), { replace: true });
  return new URL(url ?? '').pathname;
}

/** Reads what a caller sees of their own calendar address. */
export async function seeFeed(caller: Caller): Promise<CalendarFeed | null> {
  const { data } = await caller.run<
    { me: { calendarFeed: CalendarFeed | null } },
    object
  >('{ me { calendarFeed { createdAt lastReadAt } } }');
  return data.me.calendarFeed;
}

/** Reads the events of a calendar as an app does; throws unless it exists. */
export async function readFeed(api: TestApi, path: string) {
  const { statusCode, body } = await api.http.inject(path);
  if (statusCode !== 200) throw new Error(`${statusCode}: ${body}`);
  return parseCalendar(body).events;
}

/** Shortens events to what people notice, sorted by their days. */
export const inShort = (events: readonly SeenEvent[]): string[] =>
  events
    .map(
      ({ start, summary, status }) =>
        `${start} ${summary}${status === 'CANCELLED' ? ' (cancelled)' : ''}`,
    )
    .sort();

/** Reads the path of the calendar file of a loan, as this caller sees it. */
export async function loanFileOf(
  caller: Caller,
  id: string,
): Promise<string | null | undefined> {
  const { data } = await caller.run<
    { loan: { calendarUrl: string | null } | null },
    object
  >('query ($id: ID!) { loan(id: $id) { calendarUrl } }', { id });
  return data.loan?.calendarUrl;
}

/** Builds a street at noon where Ana lends a drill, and Ben has a calendar address. */
export async function buildCalendarStreet(database: DatabaseName) {
  itIs(NOON);
  const street = await buildLendingStreet(database);
  const { api, ben, today } = street;
  const day = (days: number) => addDays(today, days);
  const feed = await buildFeed(api, ben);
  const act = (person: Person, name: string, input: object) =>
    changeLoan(api.as(person), name, input);
  const calendar = async () => inShort(await readFeed(api, feed));
  return { ...street, day, feed, act, calendar };
}
