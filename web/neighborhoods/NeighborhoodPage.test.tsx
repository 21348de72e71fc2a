import { screen, within } from '@testing-library/react';
import {
  ANA,
  BELA,
  ELM_STREET,
  aMembership,
  aPage,
  aRequestToJoin,
  anItem,
} from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

const BELAS = aMembership({
  id: 'bela-membership',
  user: BELA,
  role: 'MEMBER',
  viewerActions: ['SUSPEND', 'BAN', 'MAKE_STEWARD'],
});

const A_REPORT = {
  id: 'report-id',
  neighborhood: ELM_STREET,
  reporter: ANA,
  reportedUser: BELA,
  item: anItem(),
  message: null,
  loan: null,
  reason: 'This is an advertisement.',
  status: 'OPEN',
  resolution: null,
  resolvedBy: null,
  createdAt: '2026-05-01T12:00:00.000Z',
};

type Changes = {
  viewerMembership?: { id: string } | null;
  [field: string]: unknown;
};

/** Elm Street as its steward Ana sees it, with whatever the test needs changed. */
function elmStreet({
  viewerMembership = aMembership(),
  ...changes
}: Changes = {}) {
  return {
    ...ELM_STREET,
    about: 'The houses by the river.',
    viewerMembership,
    members: ({ status }: { status: string }) =>
      aPage(
        status === 'ACTIVE' && viewerMembership
          ? [viewerMembership, BELAS]
          : [],
      ),
    invites: [],
    reports: aPage([]),
    ...changes,
  };
}

test('a member sees the members, and nothing that is for stewards', async () => {
  const viewerMembership = aMembership({
    role: 'MEMBER',
    viewerActions: ['LEAVE'],
  });
  renderRoute('/n/elm-id', {
    answers: { neighborhood: elmStreet({ viewerMembership }) },
  });
  expect(
    await screen.findByRole('heading', { level: 1, name: 'Elm Street' }),
  ).toBeVisible();
  expect(screen.getByText('The houses by the river.')).toBeVisible();
  expect(await screen.findByRole('link', { name: 'Bela' })).toHaveAttribute(
    'href',
    '/people/bela-id',
  );
  expect(screen.getByRole('button', { name: 'Leave' })).toBeVisible();
  expect(screen.queryByText('Invite neighbors')).not.toBeInTheDocument();
  expect(screen.queryByText('Reports')).not.toBeInTheDocument();
  expect(screen.queryByRole('link', { name: 'Edit' })).not.toBeInTheDocument();
});

test('a visitor of a neighborhood can ask to join', async () => {
  const membership = aRequestToJoin({ viewerActions: ['LEAVE'] });
  let viewerMembership: { id: string } | null = null;
  const { user } = renderRoute('/n/elm-id', {
    answers: {
      myMemberships: () => (viewerMembership ? [viewerMembership] : []),
      neighborhood: () =>
        elmStreet({ joinPolicy: 'APPROVAL', viewerMembership }),
      joinNeighborhood: () => {
        viewerMembership = membership;
        return { membership, errors: [] };
      },
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Ask to join' }));
  expect(
    await screen.findByRole('button', { name: 'Withdraw your request' }),
  ).toBeVisible();
  expect(screen.queryByText('Members')).not.toBeInTheDocument();
});

test('an invisible neighborhood is reported as nonexistent', async () => {
  renderRoute('/n/elm-id', { answers: { neighborhood: null } });
  expect(
    await screen.findByRole('heading', {
      name: 'This neighborhood is not here',
    }),
  ).toBeVisible();
});

test('a user approved by a steward is listed as a member immediately', async () => {
  const asking = aRequestToJoin({
    invitedBy: ANA,
    id: 'bela-membership',
    user: BELA,
    viewerActions: ['APPROVE', 'DECLINE'],
  });
  let bela: object = asking;
  const approveMember = jest.fn(() => {
    bela = BELAS;
    return { membership: BELAS, errors: [] };
  });
  const members = ({ status }: { status: string }) => {
    if (status === 'PENDING') return aPage(bela === asking ? [asking] : []);
    return aPage(status === 'ACTIVE' && bela !== asking ? [BELAS] : []);
  };
  const { user } = renderRoute('/n/elm-id', {
    answers: { neighborhood: elmStreet({ members }), approveMember },
  });
  const letIn = await screen.findByRole('button', { name: 'Let in: Bela' });
  expect(screen.getByText(/^Asked/)).toContainHTML('2026-05-02T12:00');
  expect(screen.getByText('Invited by Ana')).toBeVisible();
  await user.click(letIn);

  const list = await screen.findByRole('region', { name: 'Members' });
  expect(await within(list).findByRole('link', { name: 'Bela' })).toBeVisible();
  expect(screen.queryByText('Asking to join')).not.toBeInTheDocument();
  expect(approveMember).toHaveBeenCalledTimes(1);
});

test('banning asks for a confirmation, and a refusal is explained in the dialog', async () => {
  const errors = [
    { code: 'NOT_ALLOWED', message: 'Bela is a steward by now', field: null },
  ];
  const banMember = jest.fn(() => ({ membership: null, errors }));
  const { user } = renderRoute('/n/elm-id', {
    answers: { neighborhood: elmStreet(), banMember },
  });
  await user.click(
    await screen.findByRole('button', { name: 'What to do about Bela' }),
  );
  await user.click(await screen.findByRole('menuitem', { name: 'Ban' }));
  const dialog = await screen.findByRole('dialog', { name: 'Ban Bela?' });
  expect(banMember).not.toHaveBeenCalled();
  await user.click(within(dialog).getByRole('button', { name: 'Ban' }));
  expect(await within(dialog).findByRole('alert')).toHaveTextContent(
    'Bela is a steward by now',
  );
});

test('a report shows its subject, and is closed with a note', async () => {
  let report: Omit<typeof A_REPORT, 'resolution'> = A_REPORT;
  const resolveReport = jest.fn(
    ({ input }: { input: { resolution: string } }) => {
      report = { ...A_REPORT, status: 'RESOLVED', ...input };
      return { report, errors: [] };
    },
  );
  const reports = ({ status }: { status: string }) =>
    aPage(status === report.status ? [report] : []);
  const { user } = renderRoute('/n/elm-id', {
    answers: { neighborhood: elmStreet({ reports }), resolveReport },
  });
  expect(await screen.findByText('This is an advertisement.')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Cordless drill' })).toHaveAttribute(
    'href',
    '/items/drill-id',
  );
  await user.click(screen.getByRole('button', { name: 'Close the report' }));
  const field = await screen.findByLabelText(/What did you do about it/);
  await user.click(screen.getByRole('button', { name: 'Close it' }));
  expect(await screen.findByText('Please fill this in')).toBeVisible();
  expect(field).toHaveFocus();
  expect(resolveReport).not.toHaveBeenCalled();

  await user.type(field, ' We talked. ');
  await user.click(screen.getByRole('button', { name: 'Close it' }));
  expect(await screen.findByText(/All is well/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Show closed ones' }));
  expect(await screen.findByText('We talked.')).toBeVisible();
});

test('a closed report names the steward who closed it', async () => {
  const report = {
    ...A_REPORT,
    status: 'RESOLVED',
    resolution: 'We talked.',
    resolvedBy: BELA,
  };
  const reports = ({ status }: { status: string }) =>
    aPage(status === report.status ? [report] : []);
  const { user } = renderRoute('/n/elm-id', {
    answers: { neighborhood: elmStreet({ reports }) },
  });
  await user.click(
    await screen.findByRole('button', { name: 'Show closed ones' }),
  );
  const note = await screen.findByText('We talked.');
  expect(note.closest('p')).toHaveTextContent('Bela: We talked.');
});

test('a report whose people and item can no longer be seen says so', async () => {
  const report = {
    ...A_REPORT,
    neighborhood: null,
    reporter: null,
    reportedUser: null,
    item: null,
  };
  renderRoute('/n/elm-id', {
    answers: { neighborhood: elmStreet({ reports: () => aPage([report]) }) },
  });
  expect(
    await screen.findByText('somebody you can no longer see'),
  ).toBeVisible();
  expect(screen.getByText('a neighbor')).toBeVisible();
});

test('leaving leads to the list of neighborhoods, without the one that was left', async () => {
  let memberships = [aMembership({ role: 'MEMBER', viewerActions: ['LEAVE'] })];
  const { user, router } = renderRoute('/n/elm-id', {
    answers: {
      myMemberships: () => memberships,
      neighborhood: () =>
        elmStreet({ viewerMembership: memberships[0] ?? null }),
      neighborhoods: aPage([]),
      leaveNeighborhood: () => {
        memberships = [];
        return { membership: aMembership({ status: 'ENDED' }), errors: [] };
      },
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Leave' }));
  const dialog = await screen.findByRole('dialog', {
    name: 'Leave Elm Street?',
  });
  await user.click(within(dialog).getByRole('button', { name: 'Leave' }));

  expect(await screen.findByText('You have left Elm Street.')).toBeVisible();
  expect(router.state.location.pathname).toBe('/neighborhoods');
  expect(
    screen.queryByRole('link', { name: 'Elm Street' }),
  ).not.toBeInTheDocument();
});

test('the only steward is told why they cannot leave', async () => {
  renderRoute('/n/elm-id', { answers: { neighborhood: elmStreet() } });
  expect(
    await screen.findByText(/As the only steward you cannot leave/),
  ).toBeVisible();
});
