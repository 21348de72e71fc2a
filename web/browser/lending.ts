import type { RunningApp } from './app';
import { signUp } from './neighbor';

/** A PNG of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

type Payload = Record<string, { id: string }> & {
  errors: { message: string }[];
};

/** Runs a mutation without a browser; throws if it is refused. */
async function run(
  app: RunningApp,
  accessToken: string,
  field: string,
  type: string,
  answer: string,
  input: object,
): Promise<Payload> {
  const data = await app.query(
    `mutation Run($input: ${type}!) {
      payload: ${field}(input: $input) { ${answer} errors { message } }
    }`,
    { input },
    accessToken,
  );
  const payload = data.payload as Payload;
  const [problem] = payload.errors;
  if (problem) throw new Error(`${field}: ${problem.message}`);
  return payload;
}

/** Creates an open neighborhood without a browser, and lets the others join. */
export async function startNeighborhood(
  app: RunningApp,
  steward: { accessToken: string },
  others: { accessToken: string }[],
  name = 'Elm Street',
): Promise<string> {
  const { neighborhood } = await run(
    app,
    steward.accessToken,
    'createNeighborhood',
    'CreateNeighborhoodInput',
    'neighborhood { id }',
    { name, timeZone: 'Europe/Berlin', joinPolicy: 'OPEN' },
  );
  const neighborhoodId = neighborhood?.id ?? '';
  for (const { accessToken } of others)
    await run(
      app,
      accessToken,
      'joinNeighborhood',
      'JoinNeighborhoodInput',
      'membership { id }',
      { neighborhoodId },
    );
  return neighborhoodId;
}

/** Uploads a picture without a browser. */
export async function uploadPhoto(
  app: RunningApp,
  accessToken: string,
  picture: Uint8Array<ArrayBuffer> = PIXEL,
): Promise<string> {
  const form = new FormData();
  form.append('photo', new Blob([picture], { type: 'image/png' }), 'it.png');
  const response = await fetch(`${app.url}/photos`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}` },
    body: form,
  });
  if (!response.ok) throw new Error(await response.text());
  const { photo } = (await response.json()) as { photo: { id: string } };
  return photo.id;
}

/** Creates an item without a browser. */
export async function offerItem(
  app: RunningApp,
  accessToken: string,
  neighborhoodId: string,
  title: string,
  more: Partial<Record<'pickupNote' | 'category' | 'description', string>> & {
    photoIds?: string[];
  } = {},
): Promise<string> {
  const { item } = await run(
    app,
    accessToken,
    'createItem',
    'CreateItemInput',
    'item { id }',
    {
      neighborhoodId,
      title,
      category: 'TOOLS',
      maxLoanDays: 14,
      bufferDays: 0,
      ...more,
    },
  );
  return item?.id ?? '';
}

/** Reads the current day of a neighborhood. */
export async function todayIn(
  app: RunningApp,
  accessToken: string,
  neighborhoodId: string,
): Promise<string> {
  const { neighborhood } = await app.query(
    'query Today($id: ID!) { neighborhood(id: $id) { today } }',
    { id: neighborhoodId },
    accessToken,
  );
  return (neighborhood as { today: string }).today;
}

/** Requests a loan without a browser. */
export async function requestLoan(
  app: RunningApp,
  accessToken: string,
  itemId: string,
  startDate: string,
  dueDate: string,
  note = '',
): Promise<string> {
  const { loan } = await run(
    app,
    accessToken,
    'requestLoan',
    'RequestLoanInput',
    'loan { id }',
    { itemId, startDate, dueDate, note },
  );
  return loan?.id ?? '';
}

/** Runs a mutation of a loan, such as `approveLoan`, without a browser. */
export async function actOnLoan(
  app: RunningApp,
  accessToken: string,
  field: string,
  loanId: string,
  more: object = {},
): Promise<void> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  await run(app, accessToken, field, type, '', { loanId, ...more });
}

/** Creates an item of Hanna's in Igor's neighborhood, without a browser, once for each app. */
export async function lendSomething(
  app: RunningApp,
  title = 'Cordless drill',
  description = '',
): Promise<{ id: string; itemId: string }> {
  const known = lent.get(app);
  if (known) return known;
  const hanna = await signUp(app, 'hanna', 'Hanna');
  const igor = await signUp(app, 'igor', 'Igor');
  const id = await startNeighborhood(app, hanna, [igor]);
  const itemId = await offerItem(app, hanna.accessToken, id, title, {
    description,
    photoIds: [
      await uploadPhoto(app, hanna.accessToken),
      await uploadPhoto(app, hanna.accessToken),
    ],
  });
  lent.set(app, { id, itemId });
  return { id, itemId };
}

const lent = new WeakMap<RunningApp, { id: string; itemId: string }>();
