import { buildPerson } from '../testing/buildPeople';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import {
  aboutWaiting,
  addressesOf,
  changeEmail,
  removeEmail,
  tokenIn,
  verifyEmail,
  testAppWithAna,
  INVALID_LINK,
} from '../testing/email';
import { DATABASES } from '../testing/databases';
import { emailKey } from '../users/user.entity';

const INVALID_ADDRESSES = [
  '',
  'ana',
  'ana@',
  '@example.org',
  'ana@example',
  'ana@example.1',
  'ana@-example.org',
  'ana@example..org',
  'ana b@example.org',
  'ana@example.org\nBcc: eve@example.org',
  'ana@example.org, eve@example.org',
  '<ana@example.org>',
  '"ana"@example.org',
  'änä@example.org',
  `${'a'.repeat(65)}@example.org`,
  `ana@${'a.'.repeat(130)}org`,
  `ana@${'a'.repeat(50_000)}!`,
  'ana@xn--a.org',
];

const VALID_ADDRESSES = [
  'ana@example.org',
  'A.M+us@mail.example.co.uk',
  "o'neil_9@example.org",
  'ana@bücher.example',
  'ana@例え.テスト',
];

describe.each(DATABASES)('e-mail addresses on %s', (database) => {
  it('the old e-mail address is notified of a change, and replaced only after the new one is verified', async () => {
    const { mailServer, asAna } = await testAppWithAna(
      database,
      'old@example.org',
    );

    await changeEmail(asAna, 'new@example.org');

    expect(await addressesOf(asAna)).toEqual({
      email: 'old@example.org',
      unverifiedEmail: 'new@example.org',
    });
    const notice = await mailServer.next('old@example.org');
    expect(notice.subject).toBe('Your e-mail address is about to change');
    expect(notice.text).not.toContain('#token');
    const link = await mailServer.next('new@example.org');
    const verified = await verifyEmail(asAna, tokenIn(link));
    expect(verified.user).toEqual({
      email: 'new@example.org',
      unverifiedEmail: null,
    });
  });

  it('changeEmail does not reveal whether another account has the address, only the mail does', async () => {
    const { api, mailServer, asAna } = await testAppWithAna(database);
    await buildPerson(api, 'ben', { email: 'Ben@Example.org' });

    const taken = await changeEmail(asAna, 'ben@example.ORG');
    const mail = await mailServer.next();
    const free = await changeEmail(asAna, 'nobody@example.org');
    await mailServer.next();

    expect(taken).toEqual({
      user: { email: null, unverifiedEmail: 'ben@example.ORG' },
      errors: [],
    });
    expect(free.errors).toEqual(taken.errors);
    expect(mail.subject).toBe('This address has an account already');
    expect(mail.text).toContain('its username is ben.');
    expect(mail.text).not.toContain('#token');
  });

  it('removeEmail removes the verified and the pending address, and notifies the verified one', async () => {
    const { mailServer, asAna } = await testAppWithAna(
      database,
      'ana@example.org',
    );
    await changeEmail(asAna, 'new@example.org');
    await mailServer.next('ana@example.org');

    const removed = await removeEmail(asAna);

    expect(removed).toEqual({
      user: { email: null, unverifiedEmail: null },
      errors: [],
    });
    const notice = await mailServer.next('ana@example.org');
    expect(notice).toMatchObject({
      subject: 'Your e-mail address was removed',
    });
  });

  it('cancelEmailChange invalidates the link and keeps the verified address', async () => {
    const { api, mailServer, asAna } = await testAppWithAna(
      database,
      'a@example.org',
    );
    await changeEmail(asAna, 'b@example.org');
    const link = await mailServer.next('b@example.org');

    const wrong = await aboutWaiting(
      asAna,
      'cancelEmailChange',
      'a@example.org',
    );
    const right = await aboutWaiting(
      asAna,
      'cancelEmailChange',
      'b@example.org',
    );

    expect(wrong.errors).toMatchObject([
      { code: 'NOT_FOUND', field: ['email'] },
    ]);
    expect(right.user).toEqual({
      email: 'a@example.org',
      unverifiedEmail: null,
    });
    const late = await verifyEmail(api.anonymous, tokenIn(link));
    expect(late.errors).toEqual(INVALID_LINK);
  });
});

describe('e-mail addresses', () => {
  it('an e-mail address is visible to its owner only', async () => {
    const { api, ana, asAna } = await testAppWithAna(
      'sqlite',
      'ana@example.org',
    );
    const street = await buildNeighborhood(api, ana);
    const ben = await buildNeighbor(api, street, 'ben');

    const seen = await addressesOf(api.as(ben), ana.user.id);

    expect(seen).toEqual({ email: null, unverifiedEmail: null });
    expect(await addressesOf(asAna, ana.user.id)).toEqual({
      email: 'ana@example.org',
      unverifiedEmail: null,
    });
  });

  it('changing or removing an e-mail address requires the password', async () => {
    const { mailServer, api, asAna } = await testAppWithAna(
      'sqlite',
      'ana@example.org',
    );

    const wrongPassword = await changeEmail(
      asAna,
      'b@example.org',
      'wrong one',
    );
    const own = await changeEmail(asAna, 'ANA@example.org');
    const kept = await removeEmail(asAna, 'wrong one');

    const isWrong = {
      user: null,
      errors: [
        {
          code: 'INVALID',
          message: 'This password is wrong',
          field: ['password'],
        },
      ],
    };
    expect(wrongPassword).toEqual(isWrong);
    expect(kept).toEqual(isWrong);
    expect(own.errors).toMatchObject([
      {
        code: 'INVALID',
        message: 'This is already your e-mail address',
        field: ['email'],
      },
    ]);
    expect(await addressesOf(asAna)).toEqual({
      email: 'ana@example.org',
      unverifiedEmail: null,
    });
    await api.services.mailer.close();
    expect(mailServer.mails).toEqual([]);
  });

  it('an invalid e-mail address is refused before the password is checked', async () => {
    const { api } = await testAppWithAna();

    for (const [index, email] of INVALID_ADDRESSES.entries()) {
      // A user of their own for each attempt, as attempts per user are limited.
      const caller = api.as(await buildPerson(api, `nr${index}`));
      const { user, errors } = await changeEmail(caller, email, 'wrong one');
      expect([email, user]).toEqual([email, null]);
      expect(errors).toMatchObject([{ code: 'INVALID', field: ['email'] }]);
    }
  });

  it('an e-mail address may have an internationalized domain', async () => {
    const { mailServer, asAna } = await testAppWithAna();

    for (const email of VALID_ADDRESSES) {
      expect((await changeEmail(asAna, email)).errors).toEqual([]);
      expect((await mailServer.next()).to).toBe(email);
    }
  });

  it('e-mail addresses are compared regardless of case and of the encoding of the domain', () => {
    expect(emailKey('Ana@BÜCHER.example')).toBe('ana@xn--bcher-kva.example');
    expect(emailKey('ana@xn--bcher-kva.EXAMPLE')).toBe(
      emailKey('ANA@bücher.example'),
    );
    expect(emailKey('a.na@example.org')).not.toBe(emailKey('ana@example.org'));
  });

  it('verification mails to one address are limited, and responses do not reveal the limit', async () => {
    const { api, mailServer, asAna } = await testAppWithAna();
    for (let index = 0; index < 12; index++) {
      const caller = api.as(await buildPerson(api, `kim${index}`));
      expect(await changeEmail(caller, 'eve@example.org')).toEqual({
        user: { email: null, unverifiedEmail: 'eve@example.org' },
        errors: [],
      });
    }
    for (let time = 0; time < 10; time++)
      await changeEmail(asAna, `ana${time}@example.org`);

    // The refusal is a top-level error, and the field is null.
    expect(await changeEmail(asAna, 'ana@example.org')).toBeNull();
    await api.services.mailer.close();
    const to = mailServer.mails.map((mail) => mail.to);
    expect(to.filter((each) => each === 'eve@example.org')).toHaveLength(4);
    // Addresses that are replaced at once may get no mail.
    expect(to.length).toBeLessThanOrEqual(14);

    const others = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        api.services.throttle.allowsVerification({
          userId: `eve${index}`,
          network: `192.0.2.${index}`,
          email: 'eve@example.org',
        }),
      ),
    );
    expect(others.filter((isAllowed) => isAllowed)).toHaveLength(6);
  });

  it('verification mails that one user requests do not use up those of the owner', async () => {
    const { api, mailServer, asAna } = await testAppWithAna();
    const asEve = api.as(await buildPerson(api, 'eve'));
    await changeEmail(asEve, 'ana@example.org');
    for (let time = 0; time < 4; time++)
      await aboutWaiting(asEve, 'resendVerification', 'ana@example.org');

    await changeEmail(asAna, 'ana@example.org');

    await api.services.mailer.close();
    const to = mailServer.mails.map((mail) => mail.to);
    expect(to).toEqual(Array.from({ length: 4 }, () => 'ana@example.org'));
  });

  it('resendVerification sends no link to an address that is not pending', async () => {
    const { asAna } = await testAppWithAna();

    const none = await aboutWaiting(
      asAna,
      'resendVerification',
      'a@example.org',
    );

    expect(none.errors).toMatchObject([
      { code: 'NOT_FOUND', field: ['email'] },
    ]);
  });
});
