import ical, {
  ICalCalendarMethod,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { addDays } from '../calendar';
import type { LoanEvent } from './loanEvents';

/** How often calendar apps are to read an address again, in seconds. Many read it less often. */
const REFRESH_SECONDS = 60 * 60;

/**
 * Writes events as iCalendar (RFC 5545). The text depends on the events alone and not on the time, so that
 * it is the same as long as they are.
 * @param publicUrl origin of the web app, without a trailing slash
 * @param isFeed whether the file is read again, and is to be shown as a calendar of its own
 */
export function calendarFile(
  events: readonly LoanEvent[],
  publicUrl: string,
  { isFeed }: { isFeed: boolean },
): string {
  const calendar = ical({
    prodId: { company: 'NeighborShare', product: 'Calendar' },
    method: ICalCalendarMethod.PUBLISH,
    ...(isFeed && { name: 'NeighborShare', ttl: REFRESH_SECONDS }),
  });
  for (const event of events) {
    const url = `${publicUrl}/loans/${event.loanId}`;
    calendar.createEvent({
      id: event.uid,
      sequence: event.sequence,
      stamp: event.lastModified,
      lastModified: event.lastModified,
      // Days without a time, which no time zone of a calendar app moves. The end is not part of the event.
      allDay: true,
      start: event.day,
      end: addDays(event.day, 1),
      summary: event.summary,
      // Some apps do not show the URL of an event.
      description: `NeighborShare, ${event.neighborhoodName}\n${url}`,
      url,
      status: event.isCancelled
        ? ICalEventStatus.CANCELLED
        : ICalEventStatus.CONFIRMED,
      // People are not busy all day.
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return `${calendar.toString()}\r\n`;
}
