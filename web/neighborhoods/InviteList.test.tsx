import { screen, waitFor, within } from '@testing-library/react';
import { ANA, BELA, ELM_STREET, aMembership, aPage } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

const AN_INVITE = {
  id: 'invite-id',
  code: 'abc',
  expiresAt: '2026-05-08T12:00:00.000Z',
  maxUses: 10,
  uses: 2,
  createdBy: ANA,
  createdAt: '2026-05-01T12:00:00.000Z',
};

/** Elm Street as its steward Ana sees it, with the given changes. */
const elmStreet = (changes: object = {}) => ({
  ...ELM_STREET,
  viewerMembership: aMembership(),
  viewerActions: ['EDIT', 'INVITE'],
  members: ({ status }: { status: string }) =>
    aPage(
      status === 'ACTIVE'
        ? [aMembership({ id: 'bela-membership', user: BELA, role: 'MEMBER' })]
        : [],
    ),
  invites: [],
  reports: aPage([]),
  ...changes,
});

test('an invite link is made, copied and revoked', async () => {
  let invites: object[] = [];
  const createInvite = jest.fn(() => {
    invites = [AN_INVITE];
    return { invite: AN_INVITE, errors: [] };
  });
  const { user } = renderRoute('/n/elm-id', {
    answers: {
      neighborhood: elmStreet({ invites: () => invites }),
      createInvite,
      revokeInvite: () => {
        invites = [];
        return { invite: AN_INVITE, errors: [] };
      },
    },
  });
  await user.selectOptions(
    await screen.findByLabelText('It works for'),
    '30 days',
  );
  await user.click(screen.getByRole('button', { name: 'Make a link' }));

  const copy = await screen.findByRole('button', { name: 'Copy' });
  expect(createInvite).toHaveBeenCalledWith(
    { input: { neighborhoodId: 'elm-id', expiresInDays: 30, maxUses: 10 } },
    undefined,
    expect.anything(),
  );
  await waitFor(() => expect(copy).toHaveFocus());
  await user.click(copy);
  expect(
    await screen.findByText('The link is copied. Send it on!'),
  ).toBeVisible();
  // Within `waitFor`, as the toast goes on moving meanwhile.
  await waitFor(async () =>
    expect(await navigator.clipboard.readText()).toBe(
      'http://localhost/invite/abc',
    ),
  );

  await user.click(screen.getByRole('button', { name: 'Revoke' }));
  await user.click(await screen.findByRole('button', { name: 'Revoke it' }));
  await waitFor(() => expect(copy).not.toBeInTheDocument());
});

test('a member invites, for less time and fewer people than a steward', async () => {
  const neighborhood = elmStreet({
    joinPolicy: 'APPROVAL',
    viewerMembership: aMembership({ role: 'MEMBER' }),
    viewerActions: ['INVITE'],
    invites: [AN_INVITE],
  });
  const { user } = renderRoute('/n/elm-id', { answers: { neighborhood } });

  await user.click(await screen.findByRole('button', { name: 'Invite' }));
  const heading = await screen.findByRole('heading', {
    name: 'Invite neighbors',
  });
  expect(heading).toHaveFocus();
  const section = within(
    screen.getByRole('region', { name: 'Invite neighbors' }),
  );
  expect(section.getByText(/A steward then lets them in/)).toBeVisible();
  expect(
    section.getAllByRole('option').map(({ textContent }) => textContent),
  ).toEqual(['a day', 'a week', '30 days']);
  expect(section.getByLabelText(/up to 20/)).toHaveValue('10');
  expect(section.getByRole('link', { name: 'Print' })).toHaveAttribute(
    'href',
    '/invite/abc/print',
  );
});

test('a member who may not invite finds no invites', async () => {
  const neighborhood = elmStreet({
    viewerMembership: aMembership({ role: 'MEMBER' }),
    viewerActions: [],
  });
  renderRoute('/n/elm-id', { answers: { neighborhood } });

  expect(await screen.findByRole('link', { name: 'Bela' })).toBeVisible();
  expect(screen.queryByText('Invite neighbors')).not.toBeInTheDocument();
  expect(
    screen.queryByRole('button', { name: 'Invite' }),
  ).not.toBeInTheDocument();
});
