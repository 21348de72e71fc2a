import type { RunningApp } from './app';
import {
  actOnLoan,
  offerItem,
  requestLoan,
  startNeighborhood,
  todayIn,
} from './lending';
import { signUp } from './neighbor';

/** Names and texts of the loans. */
export type Words = { name: string; title: string; text: string };

/** Loans of one neighborhood, between `jana`, who lends, and `kim`, who borrows. */
export type LoansUnderWay = { onLoan: string; requested: string };

const known = new WeakMap<RunningApp, Promise<LoansUnderWay>>();

/** Creates a loan from Jana to Kim with messages, and a second request; once for each app. */
export function startLoans(
  app: RunningApp,
  words: Words,
): Promise<LoansUnderWay> {
  const loans = known.get(app) ?? start(app, words);
  known.set(app, loans);
  return loans;
}

async function start(
  app: RunningApp,
  { name, title, text }: Words,
): Promise<LoansUnderWay> {
  const jana = (await signUp(app, 'jana', name)).accessToken;
  const kim = (await signUp(app, 'kim', name)).accessToken;
  const street = await startNeighborhood(
    app,
    { accessToken: jana },
    [{ accessToken: kim }],
    name,
  );
  const today = await todayIn(app, jana, street);
  const ask = async () => {
    const item = await offerItem(app, jana, street, title, {
      pickupNote: text,
    });
    return requestLoan(app, kim, item, today, today, text);
  };

  const onLoan = await ask();
  await actOnLoan(app, jana, 'approveLoan', onLoan);
  await actOnLoan(app, jana, 'handOverLoan', onLoan);
  for (const author of [kim, jana])
    await actOnLoan(app, author, 'sendMessage', onLoan, { body: text });
  return { onLoan, requested: await ask() };
}
