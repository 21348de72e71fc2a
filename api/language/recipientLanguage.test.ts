import { MembershipEntity } from '../neighborhoods/membership.entity';
import { NeighborhoodEntity } from '../neighborhoods/neighborhood.entity';
import { buildMembership } from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildPerson, type Person } from '../testing/buildPeople';
import { buildLoan } from '../testing/buildLoans';
import { buildCalendarStreet } from '../testing/calendar';
import { DATABASES, type DatabaseName } from '../testing/databases';
import {
  addPushDevice,
  ask,
  buildDeliveryStreet,
  deliverAt,
  minutes,
} from '../testing/deliveries';
import { itIs } from '../testing/clock';
import {
  buildDigestStreet,
  digestsAt,
  minutesLater,
  SATURDAY,
} from '../testing/digests';
import {
  changeEmail,
  removeEmail,
  requestPasswordReset,
  testAppWithAna,
} from '../testing/email';
import { joinNeighborhood } from '../testing/memberships';
import type { TestApi } from '../testing/testApp';
import type { Language } from './language';
import { setLanguage } from './setLanguage';

/** Sets the language of a person, as they would. */
const speak = (api: TestApi, { user }: Person, language: Language) =>
  setLanguage(api.services.orm.em.fork(), user.id, language);

/** Lets Kim ask to join a street with three stewards: one German, one Arabic, one without a language. */
async function buildStewards(database: DatabaseName) {
  const street = await buildDeliveryStreet(database);
  const { api, pushService, ana, ben } = street;
  const em = api.services.orm.em.fork();
  await em.nativeUpdate(
    MembershipEntity,
    { user: ben.user.id },
    { role: 'STEWARD' },
  );
  const cleo = await buildPerson(api, 'cleo', {
    name: 'Cleo',
    email: 'cleo@example.org',
  });
  await buildMembership(api, street.street, cleo, { role: 'STEWARD' });
  await addPushDevice(api, cleo, pushService.subscribe('cleo'));
  await speak(api, ana, 'DE');
  await speak(api, ben, 'AR');
  await em.nativeUpdate(
    NeighborhoodEntity,
    { id: street.street.id },
    { joinPolicy: 'APPROVAL' },
  );
  const kim = await buildPerson(api, 'kim', { name: 'Kim' });
  await joinNeighborhood(api.as(kim), street.street);
  return street;
}

describe.each(DATABASES)('the language of a recipient (%s)', (database) => {
  it('decides in which language each of several people gets the same push', async () => {
    const { api, pushService } = await buildStewards(database);
    await deliverAt(api, minutes(0));

    const payloads = Object.fromEntries(
      pushService.pushes.map(({ to, payload }) => [to, payload]),
    );
    expect(payloads).toMatchObject({
      ana: {
        title: 'Kim möchte bei Maple Street mitmachen',
        ...{ lang: 'de', dir: 'ltr' },
      },
      ben: {
        title: 'طلب من \u2068Kim\u2069 للانضمام إلى \u2068Maple Street\u2069',
        ...{ lang: 'ar', dir: 'rtl' },
      },
      cleo: {
        title: 'Kim would like to join Maple Street',
        ...{ lang: 'en', dir: 'ltr' },
      },
    });
  });

  it('decides in which language each of several people gets the same mail', async () => {
    const { api, mailServer } = await buildStewards(database);
    await deliverAt(api, minutes(5));

    const german = await mailServer.next('ana@example.org');
    expect(german.subject).toBe('Kim möchte bei Maple Street mitmachen');
    expect(german.html).toContain('<html lang="de" dir="ltr" ');
    expect(german.text).toContain('Hallo Ana!\n');
    expect(german.text).toContain(
      'Mails über die Aufgaben der Ansprechpersonen gewählt hast.',
    );
    const arabic = await mailServer.next('ben@example.org');
    expect(arabic.html).toContain('<html lang="ar" dir="rtl" ');
    expect(arabic.html).toContain('مرحبًا <bdi>Ben</bdi>!');
    const english = await mailServer.next('cleo@example.org');
    expect(english.subject).toBe('Kim would like to join Maple Street');
    expect(english.html).toContain('<html lang="en" dir="ltr" ');
  });

  it('is that of the buttons and days of a push', async () => {
    const { api, pushService, ana, ben, request } =
      await buildDeliveryStreet(database);
    await speak(api, ana, 'FR');
    await speak(api, ben, 'TR');
    const loanId = await request();
    await deliverAt(api, minutes(0));
    await ask(api, ana, 'approveLoan', { loanId });
    await deliverAt(api, minutes(1));

    expect(pushService.pushes.map(({ payload }) => payload)).toMatchObject([
      {
        title: 'Ben aimerait emprunter «\u202fDrill\u202f»',
        body: 'Le samedi 9 mai · Maple Street',
        actions: [{ title: 'Accepter' }, { title: 'Refuser' }],
      },
      { title: 'Ana size ödünç veriyor: “Drill”' },
    ]);
  });

  it('takes no further statement', async () => {
    const { api, ana, request } = await buildDeliveryStreet(database);
    const deliver = async (minute: number) => {
      api.statements.length = 0;
      await deliverAt(api, minutes(minute));
      return api.statements.length;
    };
    await request('2026-05-09');
    const [push, mail] = [await deliver(0), await deliver(6)];
    await speak(api, ana, 'PT_BR');
    // The pause after a mail has to be over.
    await deliver(30);
    await request('2026-05-12');

    expect([await deliver(30), await deliver(36)]).toEqual([push, mail]);
  });

  it('is that of the weekly digest', async () => {
    const { api, mailServer, ana, ben, street, member } =
      await buildDigestStreet(database);
    await speak(api, ben, 'ES');
    await speak(api, await member('nour', 'Nour'), 'AR');
    await member('kim', 'Kim');
    // What comes from now on is new to them.
    itIs(minutesLater(-60));
    await buildItem(api, street, ana, { title: 'Drill' });
    await digestsAt(api, SATURDAY);

    const spanish = await mailServer.next('ben@example.org');
    expect(spanish.subject).toBe('Esta semana en Maple Street');
    expect(spanish.text).toContain('* «Drill», de Ana\n');
    const arabic = await mailServer.next('nour@example.org');
    expect(arabic.html).toContain('<html lang="ar" dir="rtl" ');
    expect(arabic.html).toContain('«<bdi>Drill</bdi>» من <bdi>Ana</bdi>');
    const english = await mailServer.next('kim@example.org');
    expect(english.subject).toBe('This week on Maple Street');
  });

  it('is that of a test message', async () => {
    const { api, pushService, mailServer, ana } =
      await buildDeliveryStreet(database);
    await speak(api, ana, 'PT_BR');
    for (const channel of ['PUSH', 'MAIL'])
      await api
        .as(ana)
        .run(
          `mutation { sendTestMessage(input: { channel: ${channel} }) { sentCount } }`,
        );

    expect(pushService.pushes[0]?.payload).toMatchObject({
      title: 'Isto é um teste',
      lang: 'pt-BR',
    });
    expect((await mailServer.next()).subject).toBe('Isto é um teste');
  });

  it('is that of the events of a calendar', async () => {
    const { api, ben, drill, calendar } = await buildCalendarStreet(database);
    await buildLoan(api, drill, ben, { status: 'APPROVED' });
    expect(await calendar()).toEqual([
      '2026-05-10 Pick up Drill from ana',
      '2026-05-12 Return Drill to ana',
    ]);
    await speak(api, ben, 'DE');

    expect(await calendar()).toEqual([
      '2026-05-10 Drill bei ana abholen',
      '2026-05-12 Drill an ana zurückgeben',
    ]);
  });

  it('is that of the request for who resets a password, else that of the account', async () => {
    const { api, mailServer, ana } = await testAppWithAna(
      database,
      'ana@example.org',
    );
    const subjectFor = async (headers: Record<string, string>) => {
      await requestPasswordReset(api.withHeaders(headers), 'ana@example.org');
      return (await mailServer.next()).subject;
    };

    expect(await subjectFor({})).toBe('Choose a new password');
    expect(await subjectFor({ 'accept-language': 'tr-TR,tr;q=0.9' })).toBe(
      'Yeni bir şifre seçin',
    );
    await speak(api, ana, 'DE');
    expect(await subjectFor({})).toBe('Neues Passwort wählen');
    expect(await subjectFor({ 'accept-language': 'fi' })).toBe(
      'Neues Passwort wählen',
    );
  });

  it('is that of the request for an address that is entered, and of the account for what happened to it', async () => {
    const { api, mailServer, ana, asAna } = await testAppWithAna(
      database,
      'ana@example.org',
    );
    const eve = await buildPerson(api, 'eve');
    await speak(api, ana, 'DE');
    const inFrench = api.withHeaders({
      authorization: `Bearer ${eve.accessToken}`,
      'accept-language': 'fr',
    });

    await changeEmail(inFrench, 'ana@example.org');
    expect((await mailServer.next()).subject).toBe(
      'Cette adresse a déjà un compte',
    );
    await changeEmail(inFrench, 'eve@example.org');
    expect((await mailServer.next()).subject).toBe(
      'Est-ce votre adresse e-mail\u202f?',
    );
    await removeEmail(asAna);
    expect((await mailServer.next()).subject).toBe(
      'Deine E-Mail-Adresse wurde entfernt',
    );
  });
});
