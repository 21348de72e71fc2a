import { formatDay } from '../calendar';
import type { Reads } from '../database/reads';
import { createLoaders, type Loaders } from '../loaders';
import type { Loan } from '../loans/loan.entity';
import { isolate } from '../mail/mailTemplate';
import type { Task, TaskKind } from '../tasks/task';
import { readTasks } from '../tasks/tasks.reads';

/** A task with what a digest says of it. */
export type WaitingTask = {
  kind: TaskKind;
  /** As `2026-05-09`; null where it has none. */
  dueDate: string | null;
  item: string;
  /** Name of the other side of the loan, of who asks to join, or of who reports. */
  person: string;
  /** Empty for tasks of loans. */
  neighborhood: string;
  /** Path of its page in the web app. */
  path: string;
};

type Names = {
  item: string;
  person: string;
  neighborhood: string;
  /** As `, due on Thursday, November 26`, or empty. */
  due: string;
};

/** Sentence of each kind of task. */
const SENTENCES: Record<TaskKind, (names: Names) => string> = {
  ANSWER_REQUEST: ({ person, item, due }) =>
    `${person} would like to borrow ${item}${due}`,
  HAND_OVER: ({ person, item, due }) => `Hand ${item} over to ${person}${due}`,
  ANSWER_EXTENSION: ({ person, item }) =>
    `${person} would like to keep ${item} longer`,
  CONFIRM_RETURN: ({ person, item }) =>
    `${person} says that ${item} is back: is it?`,
  PICK_UP: ({ person, item, due }) => `Pick up ${item} from ${person}${due}`,
  RETURN_ITEM: ({ person, item, due }) =>
    `Bring ${item} back to ${person}${due}`,
  ASK_FOR_RETURN: ({ person, item, due }) =>
    `${person} still has ${item}${due}`,
  WAIT_FOR_RETURN: ({ person, item }) =>
    `${item} is not back at ${person}’s yet`,
  SETTLE_DISPUTE: ({ item }) =>
    `Something went wrong with ${item}: how did it end?`,
  REVIEW_MEMBERSHIP: ({ person, neighborhood }) =>
    `${person} would like to join ${neighborhood}`,
  REVIEW_REPORT: ({ person, neighborhood }) =>
    `${person} reported something in ${neighborhood}`,
};

/** Words before the due date of a task; `due on` where there are none. */
const BEFORE_DUE: Partial<Record<TaskKind, string>> = {
  ANSWER_REQUEST: 'to be answered by',
  HAND_OVER: 'agreed for',
  PICK_UP: 'agreed for',
};

/** Formats a task as a sentence, without a period at its end. Names are isolated. */
export const taskSentence = ({
  kind,
  item,
  person,
  neighborhood,
  dueDate,
}: WaitingTask): string =>
  SENTENCES[kind]({
    item: `“${isolate(item)}”`,
    person: isolate(person),
    neighborhood: isolate(neighborhood),
    due: dueDate
      ? `, ${BEFORE_DUE[kind] ?? 'due on'} ${formatDay(dueDate)}`
      : '',
  });

/** Reads what waits for a user, the most urgent first, and how much there is. */
export async function readWaiting(
  reads: Reads,
  userId: string,
  most: number,
): Promise<{ waiting: WaitingTask[]; total: number }> {
  const { tasks, loans } = await readTasks(reads, userId);
  const loaders = createLoaders(reads, userId);
  for (const loan of loans) loaders.loans.prime(loan.id, loan);
  const waiting = await Promise.all(
    tasks.slice(0, most).map((task) => toWaiting(loaders, userId, task)),
  );
  return {
    waiting: waiting.flatMap((each) => each ?? []),
    total: tasks.length,
  };
}

/** @returns null where the subject has ended meanwhile */
async function toWaiting(
  loaders: Loaders,
  userId: string,
  { kind, dueDate, loanId, membershipId, reportId }: Task,
): Promise<WaitingTask | null> {
  if (loanId) {
    const loan = await loaders.loans.load(loanId);
    return (
      loan && {
        ...{ kind, dueDate, neighborhood: '', path: `/loans/${loanId}` },
        ...(await namesOfLoan(loaders, userId, loan)),
      }
    );
  }
  const subject = membershipId
    ? await loaders.memberships.load(membershipId)
    : await loaders.reports.load(reportId ?? '');
  if (!subject) return null;
  const personId = 'userId' in subject ? subject.userId : subject.reporterId;
  const [person, neighborhood] = await Promise.all([
    personId ? loaders.namedPeople.load(personId) : null,
    loaders.neighborhoods.load(subject.neighborhoodId),
  ]);
  return {
    ...{ kind, dueDate, item: '', person: person?.name ?? 'A neighbor' },
    neighborhood: neighborhood?.name ?? 'a neighborhood',
    path: membershipId ? `/people/${personId}` : `/n/${subject.neighborhoodId}`,
  };
}

async function namesOfLoan(
  loaders: Loaders,
  userId: string,
  { itemId, ownerId, borrowerId }: Loan,
): Promise<{ item: string; person: string }> {
  const [item, person] = await Promise.all([
    loaders.items.load(itemId),
    loaders.namedPeople.load(ownerId === userId ? borrowerId : ownerId),
  ]);
  return { item: item.title, person: person.name };
}
