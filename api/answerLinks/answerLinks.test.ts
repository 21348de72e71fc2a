import type { PushPayload } from '../push/pushSender';
import { seeAnswerLink, tokenOf, useAnswerLink } from '../testing/answerLinks';
import { buildLoan } from '../testing/buildLoans';
import { DATABASES, type DatabaseName } from '../testing/databases';
import {
  ask,
  buildDeliveryStreet,
  deliverAt,
  minutes,
  NOON,
} from '../testing/deliveries';
import { changeLoan, seeLoan } from '../testing/loans';
import { SendMessage } from '../testing/messages';
import { answerToken } from './answerTokens';

/** Starts a server where Ana got a push about a request of Ben. @returns it with the tokens of its buttons */
async function buildRequest(database: DatabaseName = 'sqlite') {
  const street = await buildDeliveryStreet(database);
  const { api, pushService, request } = street;
  const loanId = await request();
  await deliverAt(api, NOON);
  const [approve = '', decline = ''] = tokensIn(pushService.pushes[0]?.payload);
  return { ...street, loanId, approve, decline };
}

const tokensIn = (payload?: PushPayload) =>
  payload?.actions?.map(({ url }) => tokenOf(url)) ?? [];

const USED = {
  action: null,
  loanId: null,
  errors: [
    {
      code: 'CONFLICT',
      message: 'This request was answered already',
      field: ['token'],
    },
  ],
};

describe.each(DATABASES)('answer links (%s)', (database) => {
  it('the owner approves from a push without a login, and the borrower is told', async () => {
    const { api, ana, pushService, loanId, approve } =
      await buildRequest(database);
    expect(pushService.pushes[0]?.payload.actions).toEqual([
      {
        action: 'approve',
        title: 'Approve',
        url: `/answer#token=${approve}`,
      },
      {
        action: 'decline',
        title: 'Decline',
        url: expect.stringMatching(/^\/answer#token=/) as string,
      },
    ]);

    for (let time = 0; time < 2; time++)
      expect(await seeAnswerLink(api.anonymous, approve)).toEqual({
        action: 'APPROVE',
        loanId,
        problem: null,
        request: {
          itemTitle: 'Drill',
          borrowerName: 'Ben',
          startDate: '2026-05-09',
          dueDate: '2026-05-09',
        },
      });
    expect((await seeLoan(api.as(ana), loanId))?.status).toBe('REQUESTED');
    expect(await useAnswerLink(api.anonymous, approve)).toEqual({
      action: 'APPROVE',
      loanId,
      errors: [],
    });

    expect((await seeLoan(api.as(ana), loanId))?.status).toBe('APPROVED');
    await deliverAt(api, minutes(1));
    const told = pushService.pushes
      .slice(1)
      .map(({ to, payload }) => [to, payload.title]);
    expect(told.sort()).toEqual([
      ['ana', 'The request for “Drill” was approved by your link'],
      ['ben', 'Ana lends you “Drill”'],
    ]);
  });

  it('the owner declines from a mail', async () => {
    const { api, ana, mailServer, request } =
      await buildDeliveryStreet(database);
    const loanId = await request();
    await deliverAt(api, minutes(6));
    const { text } = await mailServer.next('ana@example.org');
    const [, link] = /Decline:\n(\S+)/.exec(text) ?? [];
    expect(text).toContain('Approve:\nhttp');

    expect(await useAnswerLink(api.anonymous, tokenOf(link))).toMatchObject({
      action: 'DECLINE',
      errors: [],
    });
    expect((await seeLoan(api.as(ana), loanId))?.status).toBe('DECLINED');
  });

  it('an extension is approved by a link', async () => {
    const { api, ana, ben, pushService, drill } =
      await buildDeliveryStreet(database);
    const { id } = await buildLoan(api, drill, ben, {
      status: 'ON_LOAN',
      startDate: '2026-05-05',
      dueDate: '2026-05-08',
    });
    await ask(api, ben, 'requestExtension', {
      loanId: id,
      newDueDate: '2026-05-10',
    });
    await deliverAt(api, NOON);
    const [approve = '', decline = ''] = tokensIn(
      pushService.pushes[0]?.payload,
    );
    expect(await seeAnswerLink(api.anonymous, approve)).toMatchObject({
      action: 'APPROVE_EXTENSION',
      request: { startDate: '2026-05-05', dueDate: '2026-05-10' },
    });

    expect((await useAnswerLink(api.anonymous, approve)).errors).toEqual([]);

    expect(await seeLoan(api.as(ana), id)).toMatchObject({
      dueDate: '2026-05-10',
      extension: { status: 'APPROVED' },
    });
    expect(
      (await useAnswerLink(api.anonymous, decline)).errors[0]?.message,
    ).toBe('This request was answered or withdrawn already');
  });

  it('of many clicks at once on both links, one counts', async () => {
    const { api, ana, loanId, approve, decline } = await buildRequest(database);

    const answers = await Promise.all(
      [approve, decline, approve, decline].map((token) =>
        useAnswerLink(api.anonymous, token),
      ),
    );

    const [given, ...more] = answers.filter(({ errors }) => !errors.length);
    expect(more).toEqual([]);
    expect(answers.flatMap(({ errors }) => errors)).toHaveLength(3);
    for (const { code, field } of answers.flatMap(({ errors }) => errors))
      expect([code, field]).toEqual(['CONFLICT', ['token']]);
    expect((await seeLoan(api.as(ana), loanId))?.status).toBe(
      given?.action === 'APPROVE' ? 'APPROVED' : 'DECLINED',
    );
  });
});

describe('an answer link', () => {
  it('works once: then it says that the request was answered', async () => {
    const { api, approve, decline } = await buildRequest();
    await useAnswerLink(api.anonymous, approve);

    for (const token of [approve, decline]) {
      expect(await seeAnswerLink(api.anonymous, token)).toMatchObject({
        request: null,
        problem: 'This request was answered already',
      });
      expect(await useAnswerLink(api.anonymous, token)).toEqual(USED);
    }
  });

  it('stays used where its answer is undone, as the loan is in another state', async () => {
    const { api, ana, loanId, approve } = await buildRequest();
    await useAnswerLink(api.anonymous, approve);
    await ask(api, ana, 'undoLoanStep', { loanId });

    expect((await useAnswerLink(api.anonymous, approve)).errors).toEqual([
      {
        code: 'CONFLICT',
        message: 'This loan has changed since the link was sent',
        field: ['token'],
      },
    ]);
    expect((await seeLoan(api.as(ana), loanId))?.status).toBe('REQUESTED');
  });

  it('says that a request was withdrawn or has expired', async () => {
    const { api, ben, request, loanId, approve } = await buildRequest();
    await ask(api, ben, 'cancelLoan', { loanId });
    expect((await seeAnswerLink(api.anonymous, approve))?.problem).toBe(
      'This request was withdrawn',
    );
    const other = await request('2026-05-20');
    const { signatures } = api.services;
    const claim = { loanId: other, version: 1, answer: 'APPROVE' } as const;
    const token = answerToken(signatures, claim);
    expect((await seeAnswerLink(api.anonymous, token))?.problem).toBeNull();
    await deliverAt(api, minutes(3 * 24 * 60 + 1));

    expect((await useAnswerLink(api.anonymous, token)).errors).toMatchObject([
      { code: 'CONFLICT', message: 'This request has expired' },
    ]);
  });

  it('keeps to the rules: days that are taken, and an owner who is suspended', async () => {
    const { api, ana, ben, drill, street, approve, decline } =
      await buildRequest();
    await api.services.orm.em
      .fork()
      .execute(
        `update memberships set status = 'SUSPENDED' where user_id = '${ana.user.id}' and neighborhood_id = '${street.id}'`,
      );
    expect((await useAnswerLink(api.anonymous, approve)).errors).toMatchObject([
      { code: 'NOT_ALLOWED', field: ['token'] },
    ]);
    await api.services.orm.em
      .fork()
      .execute(
        `update memberships set status = 'ACTIVE' where user_id = '${ana.user.id}'`,
      );
    await buildLoan(api, drill, ben, {
      status: 'APPROVED',
      startDate: '2026-05-09',
      dueDate: '2026-05-09',
    });
    expect((await seeAnswerLink(api.anonymous, approve))?.problem).toBe(
      'One of these days is no longer free',
    );
    expect((await useAnswerLink(api.anonymous, decline)).errors).toEqual([]);
  });

  it('with a wrong token answers nothing, and the error names the field', async () => {
    const { api, ana, request, loanId, approve } = await buildRequest();
    const other = await request('2026-05-20');
    const { signatures } = api.services;
    const [, , , signature = ''] = approve.split('.');
    const wrong = [
      '',
      'x',
      approve.slice(0, -2),
      `${approve}.x`,
      approve.replace('APPROVE', 'DECLINE'),
      approve.replace('APPROVE', 'CANCEL'),
      approve.replace(loanId, other),
      approve.replace(`${loanId}.1.`, `${loanId}.2.`),
      approve.replace(`${loanId}.1.`, `${loanId}.01.`),
      `${loanId}.1.APPROVE.${signatures.sign('unsubscribe', `${loanId} 1 APPROVE`)}`,
      `${loanId}.APPROVE.${signature}`,
      answerToken(signatures, {
        loanId: ana.user.id,
        version: 1,
        answer: 'APPROVE',
      }),
    ];

    for (const token of wrong) {
      expect(await seeAnswerLink(api.anonymous, token)).toBeNull();
      expect(await useAnswerLink(api.anonymous, token)).toEqual({
        action: null,
        loanId: null,
        errors: [
          {
            code: 'INVALID',
            message: 'This link is not complete',
            field: ['token'],
          },
        ],
      });
    }
    expect((await seeLoan(api.as(ana), loanId))?.status).toBe('REQUESTED');
  });

  it('reads a few rows: a stranger can ask for it', async () => {
    const { api, approve } = await buildRequest();
    api.statements.length = 0;
    await seeAnswerLink(api.anonymous, approve);
    const looking = api.statements.length;
    api.statements.length = 0;
    await seeAnswerLink(api.anonymous, approve.slice(1));

    expect(looking).toBeLessThanOrEqual(4);
    expect(api.statements).toEqual([]);
  });
});

it('a message can be replied to from its push', async () => {
  const { api, ben, pushService, loanId } = await buildRequest();
  await changeLoan(api.as(ben), 'cancelLoan', { loanId });
  await api.as(ben).run(SendMessage, { loanId, body: 'Sorry!' });
  await deliverAt(api, minutes(1));

  expect(pushService.pushes.at(-1)?.payload.actions).toEqual([
    { action: 'reply', title: 'Reply', url: `/loans/${loanId}#messages` },
  ]);
});
