import { addDays, dayIn } from '../calendar';
import type { UserErrorCode } from '../errors';
import type { LoanRow, LoanStatus, LoanAction } from '../loans/loan.entity';
import { buildPerson } from './buildPeople';
import { buildNeighbor, buildNeighborhood } from './buildNeighborhoods';
import { buildItem } from './buildItems';
import { type DatabaseName } from './databases';
import { testApp, type Caller } from './testApp';
import { sql } from '../database/sql';

/** A loan as tests look at it. */
export type SeenLoan = {
  id: string;
  status: LoanStatus;
  startDate: string;
  dueDate: string;
  overdue: boolean;
  reason: string | null;
  viewerRole: string;
  viewerActions: LoanAction[];
  contact: {
    address: string | null;
    phone: string | null;
    pickupNote: string | null;
  } | null;
  extension: { id: string; newDueDate: string; status: string } | null;
};

/** Payload of every mutation of loans. */
export type LoanAnswer = {
  loan: SeenLoan | null;
  errors: { code: UserErrorCode; message: string; field: string[] | null }[];
};

const FIELDS = `{ id status startDate dueDate overdue reason viewerRole viewerActions
  contact { address phone pickupNote } extension { id newDueDate status } }`;

/** Reads a loan as this caller sees it. */
export async function seeLoan(
  caller: Caller,
  id: string,
): Promise<SeenLoan | null> {
  const answer = await caller.run<{ loan: SeenLoan | null }, { id: string }>(
    `query ($id: ID!) { loan(id: $id) ${FIELDS} }`,
    { id },
  );
  return answer.data.loan;
}

/** Builds a mutation of loans with the alias `answer`. */
export function loanMutation(name: string): string {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($input: ${type}!) {
    answer: ${name}(input: $input) { loan ${FIELDS} errors { code message field } }
  }`;
}

/** Calls a mutation of loans by its name. */
export async function changeLoan(
  caller: Caller,
  name: string,
  input: object,
): Promise<LoanAnswer> {
  const answer = await caller.run<{ answer: LoanAnswer }, { input: object }>(
    loanMutation(name),
    { input },
  );
  return answer.data.answer;
}

/** Returns the day after the due date, or today in Berlin for an overdue loan. */
const nextDay = (dueDate: string) =>
  [addDays(dueDate, 1), dayIn('Europe/Berlin', new Date())].sort().at(-1);

/** Returns the mutation of an action with a valid input. */
export function asMutation(
  action: LoanAction,
  loan: { id: string; dueDate: string },
  extensionId: string,
): [name: string, input: object] {
  const loanId = loan.id;
  switch (action) {
    case 'APPROVE':
      return ['approveLoan', { loanId }];
    case 'DECLINE':
      return ['declineLoan', { loanId }];
    case 'CANCEL':
      return ['cancelLoan', { loanId, reason: 'The plan has changed.' }];
    case 'HAND_OVER':
      return ['handOverLoan', { loanId }];
    case 'CLAIM_RETURN':
      return ['claimReturn', { loanId }];
    case 'CONFIRM_RETURN':
      return ['confirmReturn', { loanId }];
    case 'DISPUTE':
      return ['disputeLoan', { loanId, reason: 'It came back broken.' }];
    case 'SETTLE_DISPUTE':
      return ['settleDispute', { loanId, outcome: 'RETURNED' }];
    case 'REQUEST_EXTENSION':
      return [
        'requestExtension',
        { loanId, newDueDate: nextDay(loan.dueDate) },
      ];
    case 'APPROVE_EXTENSION':
      return ['approveExtension', { extensionId }];
    case 'DECLINE_EXTENSION':
      return ['declineExtension', { extensionId }];
    case 'CANCEL_EXTENSION':
      return ['cancelExtension', { extensionId }];
    case 'REMIND':
      return ['remindBorrower', { loanId }];
    case 'UNDO':
      return ['undoLoanStep', { loanId }];
    case 'SEND_MESSAGE':
      return ['sendMessage', { loanId, body: 'Is Tuesday fine?' }];
  }
}

/**
 * Builds a neighborhood with the steward Sam, where Ana lends a drill that Ben would like to borrow. By
 * default it is in Berlin, and the drill has one buffer day.
 */
export async function buildLendingStreet(
  database: DatabaseName,
  timeZone = 'Europe/Berlin',
) {
  const api = await testApp({ database });
  const sam = await buildPerson(api, 'sam');
  const street = await buildNeighborhood(api, sam, { timeZone });
  const ana = await buildNeighbor(api, street, 'ana');
  const ben = await buildNeighbor(api, street, 'ben');
  const drill = await buildItem(api, street, ana, { bufferDays: 1 });
  const today = dayIn(street.timeZone, new Date());
  const bookedBy = async ({ id }: Pick<LoanRow, 'id'>) => {
    const rows = await api.services.reads.all<{ day: string }>(
      sql`select day from booked_days where loan_id = ${id} order by day`,
    );
    return rows.map(({ day }) => day);
  };
  return { api, sam, ana, ben, street, drill, today, bookedBy };
}

/** Reads the notifications of a caller, newest first. */
export async function newsOf(caller: Caller): Promise<string[]> {
  const { data } = await caller.run<
    { myNotifications: { edges: { node: { kind: string } }[] } },
    object
  >('{ myNotifications(first: 50) { edges { node { kind } } } }');
  return data.myNotifications.edges.map(({ node }) => node.kind);
}

/** Page of a person's own loans. */
export type OwnLoans = {
  myLoans: {
    edges: { node: { id: string } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

/** Reads a page of the caller's own loans. */
export const ownLoans = async (caller: Caller, variables: object = {}) => {
  const { data } = await caller.run<OwnLoans, object>(
    `query ($role: LoanRole, $open: Boolean, $first: Int, $after: String) {
      myLoans(role: $role, open: $open, first: $first, after: $after) {
        edges { node { id } } pageInfo { hasNextPage endCursor }
      }
    }`,
    variables,
  );
  return data.myLoans;
};
/** Lists the ids of a page in order. */
export const idsOf = ({ edges }: OwnLoans['myLoans']) =>
  edges.map(({ node }) => node.id);
