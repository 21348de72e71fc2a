import { inEnglish, translate } from '../language/text';
import { toMail } from '../mail/mailTemplate';
import type { NewThing } from '../neighborhoods/newThings.reads';
import { createSignatures } from '../signatures';
import { buildMembership } from '../testing/buildNeighborhoods';
import { buildPerson } from '../testing/buildPeople';
import { buildDigestStreet, digestsAt, SATURDAY } from '../testing/digests';
import { DELETED_USER, UserEntity } from '../users/user.entity';
import { buildReport } from '../testing/buildLoans';
import type { Digest, DigestNeighborhood } from './digest';
import { digestMail } from './digestMail';
import { taskSentence, type WaitingTask } from './waitingTasks';

const ID = '0198c1f4-7d3a-7000-8000-000000000001';

const TASK: WaitingTask = {
  kind: 'HAND_OVER',
  dueDate: '2026-05-10',
  item: 'Drill',
  person: 'Ben',
  neighborhood: 'Maple Street',
  path: `/loans/${ID}`,
};

const thing = (title: string): NewThing => ({
  ...{ id: ID, title, personName: 'Ben', total: 12 },
  ...{ neighborhoodId: ID, neighborhoodName: 'Maple Street' },
});

/** A neighborhood with so many new items and recipes of this title. */
const neighborhoodOf = (
  name: string,
  [items, recipes]: [number, number],
  title = 'Drill',
): DigestNeighborhood => {
  const things = (length: number) => ({
    things: Array.from({ length }, () => thing(title)),
    total: length > 0 ? 12 : 0,
  });
  return { id: ID, name, items: things(items), recipes: things(recipes) };
};

const mailOf = (digest: Partial<Digest>) =>
  toMail(
    'ana@example.org',
    digestMail(
      {
        publicUrl: 'https://neighborshare.example',
        signatures: createSignatures(['a secret of this test']),
      },
      { userId: ID, name: 'Ana' },
      {
        tasks: { waiting: [], total: 0 },
        news: [],
        neighborhoods: [],
        ...digest,
      },
    ),
    'EN',
  );

describe('the mail of the week', () => {
  it.each([
    [[], 'This week: what waits for you'],
    [['Maple Street'], 'This week on Maple Street'],
    [['Atoll', 'Lane'], 'This week on Atoll and Lane'],
    [['A', 'B', 'C', 'D'], 'This week on A and in 3 other neighborhoods'],
  ])('its subject names %j', (names, subject) => {
    const neighborhoods = names.map((name) => neighborhoodOf(name, [1, 0]));
    expect(mailOf({ neighborhoods }).subject).toBe(subject);
  });

  it('has the most urgent of many tasks, and a link to the others', () => {
    const { text } = mailOf({ tasks: { waiting: [TASK], total: 25 } });

    expect(text).toContain(`What waits for you:

* Hand “Drill” over to Ben, agreed for Sunday, May 10
  https://neighborshare.example/loans/${ID}
* 24 more
  https://neighborshare.example/

-- `);
  });

  it('isolates what is written from right to left', () => {
    const title = 'مثقاب';
    const { html } = mailOf({
      neighborhoods: [neighborhoodOf('شارع', [1, 0], title)],
    });

    expect(html).toContain(`“<bdi>${title}</bdi>” from Ben`);
    expect(html).toContain('<bdi>شارع</bdi>, new to borrow:');
  });

  it('is not clipped by Gmail, however much there is in 20 neighborhoods', () => {
    const title = 'كلمة '.repeat(20).trim();
    const { html } = mailOf({
      tasks: { waiting: Array.from({ length: 8 }, () => TASK), total: 25 },
      neighborhoods: Array.from({ length: 20 }, () =>
        neighborhoodOf(
          'The neighbors of the lower end of the street',
          [6, 3],
          title,
        ),
      ),
    });

    expect(Buffer.byteLength(html)).toBeLessThan(100_000);
  });
});

describe('a task in the mail of the week', () => {
  it.each([
    [
      'ANSWER_REQUEST',
      'Ben would like to borrow “Drill”, to be answered by Sunday, May 10',
    ],
    ['HAND_OVER', 'Hand “Drill” over to Ben, agreed for Sunday, May 10'],
    ['ANSWER_EXTENSION', 'Ben would like to keep “Drill” longer'],
    ['CONFIRM_RETURN', 'Ben says that “Drill” is back: is it?'],
    ['PICK_UP', 'Pick up “Drill” from Ben, agreed for Sunday, May 10'],
    ['RETURN_ITEM', 'Bring “Drill” back to Ben, due on Sunday, May 10'],
    ['ASK_FOR_RETURN', 'Ben still has “Drill”, due on Sunday, May 10'],
    ['WAIT_FOR_RETURN', '“Drill” is not back at Ben’s yet'],
    ['SETTLE_DISPUTE', 'Something went wrong with “Drill”: how did it end?'],
    ['REVIEW_MEMBERSHIP', 'Ben would like to join Maple Street'],
    ['REVIEW_REPORT', 'Ben reported something in Maple Street'],
  ] as const)('%s has a sentence', (kind, sentence) => {
    expect(inEnglish(taskSentence({ ...TASK, kind }))).toBe(sentence);
  });

  it('names a person whose account was deleted in the language of the mail', () => {
    const sentence = taskSentence({ ...TASK, person: DELETED_USER.name });

    expect(translate(sentence, 'EN')).toContain('A former neighbor');
    expect(translate(sentence, 'DE')).toBe(
      'Übergib „Drill“ an Ehemalige/r Nachbar/in, vereinbart für Sonntag, 10. Mai',
    );
  });

  it('of a steward leads to who asks to join, or to the neighborhood of a report', async () => {
    const { api, mailServer, ana, ben, street } = await buildDigestStreet();
    const em = api.services.orm.em.fork();
    await em.nativeUpdate(
      UserEntity,
      { id: ana.user.id },
      { email: 'ana@example.org' },
    );
    const kim = await buildPerson(api, 'kim', { name: 'Kim' });
    await buildMembership(api, street, kim, { status: 'PENDING' });
    await buildReport(api, street, ben, kim);
    await digestsAt(api, SATURDAY);

    const { text } = await mailServer.next('ana@example.org');
    const { publicUrl } = api.config;
    expect(text).toContain(
      `* Kim would like to join Maple Street\n  ${publicUrl}/people/${kim.user.id}\n`,
    );
    expect(text).toContain(
      `* Ben reported something in Maple Street\n  ${publicUrl}/n/${street.id}\n`,
    );
  });
});
