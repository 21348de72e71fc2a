import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { TooManyRequests } from '../errors';
import { createFormatError } from '../graphql/formatError';
import { formatErrors } from '../graphql/socketOperations';
import { buildItem } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildPerson, buildSession, type Person } from '../testing/buildPeople';
import { DATABASES } from '../testing/databases';
import { DELETED, deleteAccount } from '../testing/deleteAccount';
import { bearer } from '../testing/http';
import { testApp, type TestApi } from '../testing/testApp';
import { form } from '../testing/upload';
import type { Language } from './language';
import { setLanguage } from './setLanguage';
import { text } from './text';

/** Sets the language of a person. */
const choose = (api: TestApi, { user }: Person, language: Language) =>
  setLanguage(api.services.orm.em.fork(), user.id, language);

describe.each(DATABASES)('texts for a reader on %s', (database) => {
  it('refused uploads are answered in the language that the request asks for', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const { headers, payload } = form([{ bytes: Buffer.from('no picture') }]);

    const answer = await api.http.inject({
      method: 'POST',
      url: '/photos',
      headers: { ...headers, ...bearer(ana), 'accept-language': 'de' },
      payload,
    });

    expect(answer.statusCode).toBe(415);
    expect(answer.json()).toEqual({
      errors: [
        {
          message:
            'Das ist kein Bild, das hier gezeigt werden kann: Nimm JPEG, PNG, WebP, GIF oder AVIF',
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ],
    });
  });

  it('the name of a deleted user and the reasons of the server are in the language of the reader', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const street = await buildNeighborhood(api, ana);
    const ben = await buildNeighbor(api, street, 'ben');
    const drill = await buildItem(api, street, ana);
    const loan = await buildLoan(api, drill, ben, {
      reason: 'Has left NeighborShare',
      status: 'CANCELLED',
    });
    const own = await buildLoan(api, drill, ben, {
      reason: 'I have to leave',
      status: 'CANCELLED',
    });
    await choose(api, ana, 'DE');
    expect(await deleteAccount(api.as(ben))).toEqual(DELETED);
    const read = async (id: string) =>
      (
        await api
          .as(ana)
          .run<{ loan: object }, object>(
            'query ($id: ID!) { loan(id: $id) { reason borrower { name } } }',
            { id },
          )
      ).data.loan;

    const borrower = { name: 'Ein früheres Mitglied' };
    expect(await read(loan.id)).toEqual({
      reason: 'Hat NeighborShare verlassen',
      borrower,
    });
    expect(await read(own.id)).toEqual({ reason: 'I have to leave', borrower });
  });

  it('sessions name their devices in the language of the reader', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    await buildSession(api, ana, {
      userAgent:
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0',
    });
    await buildSession(api, ana, { userAgent: '' });
    await choose(api, ana, 'ES');

    const { data } = await api
      .as(ana)
      .run<{ me: { sessions: { device: string }[] } }, object>(
        '{ me { sessions { device } } }',
      );

    expect(data.me.sessions.map(({ device }) => device).sort()).toEqual([
      'Dispositivo desconocido',
      'Firefox en Windows',
      'test',
    ]);
  });
});

test('errors of subscriptions are in the language that the socket asks for', () => {
  const log = { error: jest.fn(), warn: jest.fn() };
  const request = {
    id: '1',
    headers: { 'accept-language': 'de' },
    log,
  } as unknown as FastifyRequest;
  const format = createFormatError({ suggestions: false, schemaPath: null });

  expect(
    formatErrors(
      [
        new TooManyRequests(text('graphql.tooManyRequests'), 5),
        new GraphQLError('a bug', { originalError: new Error('secret') }),
      ],
      request,
      format,
    ),
  ).toMatchObject([
    {
      message: 'Das war zu oft: Versuch es in 5 Sekunden wieder',
      extensions: { code: 'TOO_MANY_REQUESTS' },
    },
    {
      message: 'Bei uns ist etwas schiefgegangen',
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: '1' },
    },
  ]);
});
