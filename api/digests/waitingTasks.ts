import type { Reads } from '../database/reads';
import { dayText, text, type Text } from '../language/text';
import { createLoaders, type Loaders } from '../loaders';
import type { Loan } from '../loans/loan.entity';
import type { Task, TaskKind } from '../tasks/task';
import { readTasks } from '../tasks/tasks.reads';
import { personName } from '../users/personName';

/** A task with what a digest says of it. */
export type WaitingTask = {
  kind: TaskKind;
  /** As `2026-05-09`; null where it has none. */
  dueDate: string | null;
  item: string;
  /** Name of the other side of the loan, of who asks to join, or of who reports; null if that is not known. */
  person: string | null;
  /** Null for tasks of loans. */
  neighborhood: string | null;
  /** Path of its page in the web app. */
  path: string;
};

type Names = {
  item: Text;
  person: string | Text;
  neighborhood: string | Text;
};

/** Names of a task that has a due date. */
type Due = Omit<Names, 'neighborhood'> & { day: Text };

/** Sentence of each kind of task. */
const SENTENCES: Record<TaskKind, (names: Names) => Text> = {
  ANSWER_REQUEST: ({ person, item }) =>
    text('digests.answerRequest', { person, item }),
  HAND_OVER: ({ person, item }) => text('digests.handOver', { person, item }),
  ANSWER_EXTENSION: ({ person, item }) =>
    text('digests.answerExtension', { person, item }),
  CONFIRM_RETURN: ({ person, item }) =>
    text('digests.confirmReturn', { person, item }),
  PICK_UP: ({ person, item }) => text('digests.pickUp', { person, item }),
  RETURN_ITEM: ({ person, item }) =>
    text('digests.returnItem', { person, item }),
  ASK_FOR_RETURN: ({ person, item }) =>
    text('digests.askForReturn', { person, item }),
  WAIT_FOR_RETURN: ({ person, item }) =>
    text('digests.waitForReturn', { person, item }),
  SETTLE_DISPUTE: ({ item }) => text('digests.settleDispute', { item }),
  REVIEW_MEMBERSHIP: ({ person, neighborhood }) =>
    text('digests.reviewMembership', { person, neighborhood }),
  REVIEW_REPORT: ({ person, neighborhood }) =>
    text('digests.reviewReport', { person, neighborhood }),
};

/** Sentences with the due date, of the kinds that name it. */
const SENTENCES_WITH_DAY: Partial<Record<TaskKind, (names: Due) => Text>> = {
  ANSWER_REQUEST: ({ person, item, day }) =>
    text('digests.answerRequestBy', { person, item, day }),
  HAND_OVER: ({ person, item, day }) =>
    text('digests.handOverOn', { person, item, day }),
  PICK_UP: ({ person, item, day }) =>
    text('digests.pickUpOn', { person, item, day }),
  RETURN_ITEM: ({ person, item, day }) =>
    text('digests.returnItemDue', { person, item, day }),
  ASK_FOR_RETURN: ({ person, item, day }) =>
    text('digests.askForReturnDue', { person, item, day }),
};

/** Creates the sentence of a task, without a period at its end. */
export function taskSentence(task: WaitingTask): Text {
  const names = {
    item: text('mail.quote', { text: task.item }),
    person:
      task.person === null ? text('mail.someone') : personName(task.person),
    neighborhood: task.neighborhood ?? text('mail.someNeighborhood'),
  };
  const withDay = SENTENCES_WITH_DAY[task.kind];
  return task.dueDate !== null && withDay
    ? withDay({ ...names, day: dayText(task.dueDate) })
    : SENTENCES[task.kind](names);
}

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
        ...{ kind, dueDate, neighborhood: null, path: `/loans/${loanId}` },
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
    ...{ kind, dueDate, item: '', person: person?.name ?? null },
    neighborhood: neighborhood?.name ?? null,
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
