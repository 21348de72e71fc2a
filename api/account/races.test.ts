import { setTimeout as pause } from 'node:timers/promises';
import sharp from 'sharp';
import { HELD_LOAN_STATUSES } from '../loanStatus';
import { HERS } from '../testing/account';
import { buildPerson, PASSWORD, type Person } from '../testing/buildPeople';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import { DATABASES, type DatabaseName } from '../testing/databases';
import { testApp, type TestApi } from '../testing/testApp';
import { upload } from '../testing/upload';
import { raw, sql } from '../database/sql';

/** Starts two servers on a shared database. */
async function buildServers(database: DatabaseName) {
  const here = await testApp({ database });
  const { dataDir, databaseUrl } = here.config;
  const there = await testApp({ dataDir, databaseUrl });
  const sam = await buildPerson(here, 'sam');
  const street = await buildNeighborhood(here, sam);
  return { here, there, sam, street };
}

/**
 * Statuses of refused writes: on a fast machine writers reach a rate limit, on a busy one they wait
 * too long for the database.
 */
const REFUSALS = [429, 503];

const deletion = async (api: TestApi, person: Person) => {
  const answer = await api
    .as(person)
    .run<{ deleteAccount: { deleted: true | null } | null }, object>(
      `mutation { deleteAccount(input: { password: "${PASSWORD}" }) { deleted } }`,
    );
  return answer.data.deleteAccount?.deleted === true;
};

const rows = async (api: TestApi, from: string) =>
  (await api.services.reads.all(sql`select 1 from ${raw(from)}`)).length;

describe.each(DATABASES)('concurrent account deletion on %s', (database) => {
  it('deleteAccount and a concurrent approval or handover either cancel the loan or keep the account', async () => {
    const { here, there, sam, street } = await buildServers(database);
    const outcomes = new Set<string>();
    for (let round = 0; round < 8; round++) {
      const ben = await buildNeighbor(here, street, `ben${round}`);
      const isOwner = round % 2 === 0;
      const drill = await buildItem(here, street, isOwner ? ben : sam);
      const { id } = await buildLoan(here, drill, isOwner ? sam : ben, {
        status: round < 4 ? 'REQUESTED' : 'APPROVED',
      });
      const verb = round < 4 ? 'approveLoan' : 'handOverLoan';

      const [isDeleted] = await Promise.all([
        deletion(here, ben),
        there
          .as(isOwner ? ben : sam)
          .run(
            `mutation { ${verb}(input: { loanId: "${id}" }) { errors { code } } }`,
          ),
      ]);

      const [loan] = await here.services.reads.all<{ status: string }>(
        sql`select status from loans where id = ${id}`,
      );
      const isHeld = HELD_LOAN_STATUSES.some(
        (status) => status === loan?.status,
      );
      expect([isDeleted, isHeld]).toEqual([!isHeld, isHeld]);
      if (isDeleted) expect(loan?.status).toMatch(/^(CANCELLED|DECLINED)$/);
      expect(await rows(here, `booked_days where loan_id = '${id}'`)).toBe(
        isHeld ? 3 : 0,
      );
      outcomes.add(`${verb} ${loan?.status}`);
    }
    expect(outcomes.size).toBeGreaterThan(1);
  });

  it('concurrent writes of other devices leave nothing in a deleted account', async () => {
    const { here, there, sam, street } = await buildServers(database);
    const open = await buildNeighborhood(here, sam, { name: 'Open Street' });
    const ana = await buildNeighbor(here, street, 'ana');
    const item = await buildItem(here, street, sam);
    const picture = await sharp({
      create: { width: 8, height: 8, channels: 3, background: 'red' },
    })
      .png()
      .toBuffer();
    const today = new Date().toISOString().slice(0, 10);
    const mutations = [
      `createItem(input: { neighborhoodId: "${street.id}", title: "${HERS}", category: TOOLS, maxLoanDays: 3, bufferDays: 0 })`,
      `createRecipe(input: { neighborhoodId: "${street.id}", title: "${HERS}", instructions: "x", minutesToComplete: 1 })`,
      `updateProfile(input: { name: "${HERS}", about: "${HERS}" })`,
      `joinNeighborhood(input: { neighborhoodId: "${open.id}" })`,
      `createNeighborhood(input: { name: "${HERS}", timeZone: "UTC", joinPolicy: OPEN })`,
      `requestLoan(input: { itemId: "${item.id}", startDate: "${today}", dueDate: "${today}" })`,
      `changeEmail(input: { email: "${HERS}@example.org", password: "${PASSWORD}" })`,
    ];
    let isOver = false;
    let written = 0;
    /** Repeats a write until the server refuses the session. */
    const write = async (attempt: (api: TestApi) => Promise<number>) => {
      for (let i = 0; !isOver; i++) {
        const status = await attempt(i % 2 ? here : there);
        if (status === 401) return;
        expect([200, 201, 409, ...REFUSALS]).toContain(status);
        if (REFUSALS.includes(status)) await pause(20);
        else written += 1;
      }
    };
    const writers = [
      ...mutations.map((mutation) =>
        write(async (api) => {
          const answer = await api
            .as(ana)
            .run(`mutation { ${mutation} { errors { code } } }`);
          return answer.status;
        }),
      ),
      write(async (api) => (await upload(api, ana, picture)).statusCode),
    ];

    const isDeleted = await deletion(here, ana);
    await Promise.all(writers);
    isOver = true;

    expect(isDeleted).toBe(true);
    expect(written).toBeGreaterThan(0);
    const id = ana.user.id;
    for (const from of [
      `users where id = '${id}' and (name <> 'A former neighbor' or about <> '' or unverified_email is not null)`,
      `items where owner_id = '${id}'`,
      `recipes where author_id = '${id}'`,
      `photos where uploader_id = '${id}'`,
      `memberships where user_id = '${id}' and status <> 'ENDED'`,
      `neighborhoods where name = '${HERS}'`,
      `loans where borrower_id = '${id}' and status <> 'CANCELLED'`,
    ])
      expect([from, await rows(here, from)]).toEqual([from, 0]);
  });
});
