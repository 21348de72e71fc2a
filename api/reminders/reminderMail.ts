import { addDays, formatDay } from '../calendar';
import { isolate, type MailTemplate } from '../mail/mailTemplate';
import { linkWithToken } from '../mail/links';
import type { DueItem, ReminderRecipient } from './reminders.reads';

/**
 * Composes one reminder of all items that are due.
 * @param items due items, at least one
 * @param token token of the unsubscribe link
 */
export function reminderMail(
  publicUrl: string,
  { name }: ReminderRecipient,
  items: readonly [DueItem, ...DueItem[]],
  token: string,
): MailTemplate {
  return {
    subject: subjectOf(items),
    body: [
      `Hello ${isolate(name)}!`,
      'A friendly reminder of what you have borrowed:',
      {
        list: items.map((item) => ({
          text: describe(item),
          url: `${publicUrl}/loans/${item.loanId}`,
        })),
      },
      'Have you brought it back already? Then say so on the page of the loan, and you are not reminded of it any more. There you can also write to the owner.',
    ],
    footer: [
      'You get this because you are reminded by e-mail of what you have borrowed, once a day at the most.',
      {
        link: {
          label: 'Get no more reminders',
          url: linkWithToken(publicUrl, 'UNSUBSCRIBE', token),
        },
      },
    ],
  };
}

function subjectOf([first, ...others]: readonly [
  DueItem,
  ...DueItem[],
]): string {
  if (others.length > 0)
    return `To bring back: ${isolate(first.title)} and ${others.length} more`;
  const { dueDate, today, title } = first;
  if (dueDate < today) return `Overdue: ${isolate(title)}`;
  return `Due ${dueDate === today ? 'today' : 'tomorrow'}: ${isolate(title)}`;
}

const describe = (item: DueItem) =>
  `${isolate(item.title)}, from ${isolate(item.ownerName)} in ${isolate(item.neighborhoodName)}: ${when(item)}`;

function when({ dueDate, today }: DueItem): string {
  const day = formatDay(dueDate);
  if (dueDate === addDays(today, 1)) return `due tomorrow, ${day}`;
  return dueDate === today ? `due today, ${day}` : `was due on ${day}`;
}
