import { screen } from '@testing-library/react';
import { ELM_STREET, aMembership } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

const AN_INVITE = {
  neighborhoodName: 'Elm Street',
  neighborhoodAbout: 'The houses by the river.',
  memberCount: 4,
  invitedBy: 'Bela',
  needsApproval: false,
  viewerMembership: null,
  expiresAt: '2026-05-08T12:00:00.000Z',
};

test('a visitor with an invite sees the neighborhood, and returns to it after signing up', async () => {
  renderRoute('/invite/abc', {
    loggedIn: false,
    answers: { invite: AN_INVITE },
  });
  expect(
    await screen.findByRole('heading', { level: 1, name: 'Join Elm Street' }),
  ).toBeVisible();
  expect(screen.getByText(/^Bela has invited you/)).toBeVisible();
  expect(screen.getByText('The houses by the river.')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Sign up' })).toHaveAttribute(
    'href',
    '/signup?next=%2Finvite%2Fabc',
  );
  expect(
    screen.getByRole('link', { name: 'I have an account' }),
  ).toHaveAttribute('href', '/login?next=%2Finvite%2Fabc');
});

test('an invite works with the punctuation of the sentence that its link was in', async () => {
  renderRoute('/invite/abc).', {
    loggedIn: false,
    answers: { invite: AN_INVITE },
  });

  // The link back is made of the code that was asked for.
  expect(await screen.findByRole('link', { name: 'Sign up' })).toHaveAttribute(
    'href',
    '/signup?next=%2Finvite%2Fabc',
  );
});

test('an invite takes a logged-in user into the neighborhood', async () => {
  let memberships: object[] = [];
  const { user } = renderRoute('/invite/abc', {
    answers: {
      invite: AN_INVITE,
      myMemberships: () => memberships,
      acceptInvite: () => {
        memberships = [aMembership()];
        return { membership: aMembership(), errors: [] };
      },
      neighborhood: { ...ELM_STREET, viewerMembership: null },
    },
  });
  await user.click(
    await screen.findByRole('button', { name: 'Join the neighborhood' }),
  );
  expect(
    await screen.findByRole('heading', { level: 1, name: 'Elm Street' }),
  ).toBeVisible();
  expect(await screen.findByText('Welcome to Elm Street!')).toBeVisible();
  expect(
    await screen.findByRole('button', { name: 'Neighborhood: Elm Street' }),
  ).toBeVisible();
});

test('a refused invite shows the reason', async () => {
  const errors = [
    { code: 'NOT_FOUND', message: 'This invite was used up', field: ['code'] },
  ];
  const { user } = renderRoute('/invite/abc', {
    answers: { invite: AN_INVITE, acceptInvite: { membership: null, errors } },
  });
  await user.click(
    await screen.findByRole('button', { name: 'Join the neighborhood' }),
  );
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'This invite was used up',
  );
});

test('an invalid invite is reported as such, also to visitors', async () => {
  renderRoute('/invite/abc', { loggedIn: false, answers: { invite: null } });
  expect(
    await screen.findByRole('heading', { name: 'This invite no longer works' }),
  ).toBeVisible();
});

test('an invite does not ask a member to join again', async () => {
  renderRoute('/invite/abc', {
    answers: { invite: { ...AN_INVITE, viewerMembership: aMembership() } },
  });
  expect(
    await screen.findByRole('link', { name: 'Go to the neighborhood' }),
  ).toHaveAttribute('href', '/n/elm-id');
  expect(
    screen.queryByRole('button', { name: 'Join the neighborhood' }),
  ).not.toBeInTheDocument();
});

test('an invite of a member asks the stewards, and says so', async () => {
  const invite = { ...AN_INVITE, needsApproval: true };
  const membership = aMembership({ role: 'MEMBER', status: 'PENDING' });
  const { user } = renderRoute('/invite/abc', {
    answers: {
      invite,
      acceptInvite: { membership, errors: [] },
      neighborhood: { ...ELM_STREET, viewerMembership: membership },
    },
  });
  expect(await screen.findByText(/a steward lets people in/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Ask to join' }));

  expect(
    await screen.findByText('You asked to join. A steward will let you in.'),
  ).toBeVisible();
  expect(
    await screen.findByRole('heading', { level: 1, name: 'Elm Street' }),
  ).toBeVisible();
});

test('an invite does not ask the stewards twice', async () => {
  const membership = aMembership({ role: 'MEMBER', status: 'PENDING' });
  renderRoute('/invite/abc', {
    answers: {
      invite: {
        ...AN_INVITE,
        needsApproval: true,
        viewerMembership: membership,
      },
    },
  });
  expect(await screen.findByText(/^You asked to join/)).toBeVisible();
  expect(
    screen.queryByRole('button', { name: 'Ask to join' }),
  ).not.toBeInTheDocument();
});

test('an invite says nothing about a person with a block between them', async () => {
  renderRoute('/invite/abc', {
    answers: { invite: { ...AN_INVITE, invitedBy: '' } },
  });
  expect(
    await screen.findByText(
      'You are invited. 4 members share things and recipes here.',
    ),
  ).toBeVisible();
});
