import { notifications } from '@mantine/notifications';
import { screen, waitFor, within } from '@testing-library/react';
import {
  BELA,
  ELM_STREET,
  aMembership,
  aPage,
  aRequestToJoin,
} from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

// At most two toasts are shown at once, and those of one test outlive it.
beforeEach(() => notifications.clean());

const BELAS = { id: 'bela-membership', user: BELA };

const MEMBER = aMembership({
  ...BELAS,
  role: 'MEMBER',
  viewerActions: ['SUSPEND', 'BAN', 'MAKE_STEWARD', 'HAND_OVER_STEWARDSHIP'],
});
const STEWARD = aMembership({ ...BELAS, role: 'STEWARD' });
const SUSPENDED = aMembership({
  ...BELAS,
  role: 'MEMBER',
  status: 'SUSPENDED',
  viewerActions: ['REINSTATE', 'BAN'],
});
const ASKING = aRequestToJoin({
  ...BELAS,
  viewerActions: ['APPROVE', 'DECLINE'],
});
const ENDED = aMembership({ ...BELAS, role: 'MEMBER', status: 'ENDED' });

type Membership = ReturnType<typeof aMembership>;

/** Elm Street on a server whose memberships of Ana and Bela the test replaces. */
function elmStreet(bela: Membership, ana: Membership = aMembership()) {
  const now = { ana, bela };
  const members = ({ status }: { status: string }) =>
    aPage(
      [now.ana, now.bela]
        .filter((membership) => membership.status === status)
        // Only stewards are told about others than members.
        .filter(() => status === 'ACTIVE' || now.ana.role === 'STEWARD'),
    );
  const answers = {
    myMemberships: () => [now.ana],
    neighborhood: () => ({
      ...ELM_STREET,
      viewerMembership: now.ana,
      members,
      invites: [],
      reports: aPage([]),
    }),
  };
  return { now, answers };
}

/** Looks for Bela in one of the lists of members. */
const findBela = async (list: string) => {
  const region = within(await screen.findByRole('region', { name: list }));
  const link = await region.findByRole('link', { name: 'Bela' });
  return link.closest('li');
};

/** Checks the one input that a mutation was sent. */
const expectSent = (mutation: jest.Mock, input: object) =>
  expect(mutation.mock.calls).toEqual([
    [{ input }, undefined, expect.anything()],
  ]);

type User = ReturnType<typeof renderRoute>['user'];

/** Chooses an action on Bela, from her menu or beside her name. */
async function choose(user: User, label: string) {
  const button = await screen.findByRole('button', {
    name: new RegExp(`^(?:What to do about|${label}:) Bela$`),
  });
  await user.click(button);
  if (button.getAttribute('aria-haspopup') === 'menu')
    await user.click(await screen.findByRole('menuitem', { name: label }));
}

test.each([
  {
    label: 'Turn down',
    mutation: 'declineMember',
    before: ASKING,
    after: ENDED,
    list: 'Asking to join',
    newList: null,
    question: 'Turn Bela down?',
    text: 'They will be notified and may ask again.',
    toast: 'Bela was turned down.',
  },
  {
    label: 'Suspend',
    mutation: 'suspendMember',
    before: MEMBER,
    after: SUSPENDED,
    list: 'Members',
    newList: 'Suspended',
    question: 'Suspend Bela?',
    text: /You can let them back in at any time\./,
    toast: 'Bela is suspended.',
  },
  {
    label: 'Let back in',
    mutation: 'reinstateMember',
    before: SUSPENDED,
    after: MEMBER,
    list: 'Suspended',
    newList: 'Members',
    question: 'Let Bela back in?',
    text: 'They can share, lend and borrow again.',
    toast: 'Bela is an active member again.',
  },
  {
    label: 'Make a steward',
    mutation: 'makeSteward',
    before: MEMBER,
    after: STEWARD,
    list: 'Members',
    newList: 'Members',
    question: 'Make Bela a steward?',
    text: /They stay a steward until they step down\./,
    toast: 'Bela is a steward now.',
  },
])(
  '"$label" asks for a confirmation, and the lists show what came of it',
  async ({ label, mutation, before, after, list, newList, ...texts }) => {
    const { now, answers } = elmStreet(before);
    const answer = jest.fn(() => {
      now.bela = after;
      return { membership: after, errors: [] };
    });
    const { user } = renderRoute('/n/elm-id', {
      answers: { ...answers, [mutation]: answer },
    });
    const row = await findBela(list);
    expect(row).not.toHaveTextContent('Steward');
    await choose(user, label);
    const dialog = await screen.findByRole('dialog', { name: texts.question });
    expect(within(dialog).getByText(texts.text)).toBeInTheDocument();
    expect(answer).not.toHaveBeenCalled();
    await user.click(within(dialog).getByRole('button', { name: label }));

    expect(await screen.findByText(texts.toast)).toBeInTheDocument();
    if (newList !== list)
      await waitFor(() => expect(row).not.toBeInTheDocument());
    if (newList != null) {
      const newRow = await findBela(newList);
      await waitFor(() =>
        expect(newRow?.textContent.includes('Steward')).toBe(
          after.role === 'STEWARD',
        ),
      );
    }
    expectSent(answer, { membershipId: 'bela-membership' });
  },
);

test('a request to join stays where the steward thinks again', async () => {
  const declineMember = jest.fn();
  const { user } = renderRoute('/n/elm-id', {
    answers: { ...elmStreet(ASKING).answers, declineMember },
  });
  await choose(user, 'Turn down');
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(dialog).not.toBeInTheDocument());
  expect(await findBela('Asking to join')).toBeVisible();
  expect(declineMember).not.toHaveBeenCalled();
});

test('a steward who hands over becomes a plain member, and no longer sees what is for stewards', async () => {
  const { now, answers } = elmStreet(MEMBER);
  const handOverStewardship = jest.fn(() => {
    now.ana = aMembership({ role: 'MEMBER', viewerActions: ['LEAVE'] });
    now.bela = STEWARD;
    return { membership: now.bela, viewerMembership: now.ana, errors: [] };
  });
  const { user } = renderRoute('/n/elm-id', {
    answers: { ...answers, handOverStewardship },
  });
  await choose(user, 'Hand over to them');
  const dialog = await screen.findByRole('dialog', {
    name: 'Hand over to Bela?',
  });
  expect(screen.getByText('You are a steward')).toBeInTheDocument();
  expect(handOverStewardship).not.toHaveBeenCalled();
  await user.click(
    within(dialog).getByRole('button', { name: 'Hand over to them' }),
  );

  expect(
    await screen.findByText('Bela is a steward now, and you no longer are.'),
  ).toBeInTheDocument();
  expect(
    await screen.findByRole('heading', { name: 'You are a member' }),
  ).toBeVisible();
  expect(await findBela('Members')).toHaveTextContent('Steward');
  await waitFor(() =>
    expect(screen.queryByText('Reports')).not.toBeInTheDocument(),
  );
  expect(screen.queryByRole('link', { name: 'Edit' })).not.toBeInTheDocument();
  expect(
    screen.queryByRole('button', { name: 'What to do about Bela' }),
  ).not.toBeInTheDocument();
  expectSent(handOverStewardship, { membershipId: 'bela-membership' });
});

const ONE_OF_TWO = aMembership({ viewerActions: ['STEP_DOWN', 'LEAVE'] });

/** Ana, one of two stewards, asks to step down. */
async function stepDown(
  { answers }: ReturnType<typeof elmStreet>,
  answer: jest.Mock,
) {
  const { user } = renderRoute('/n/elm-id', {
    answers: { ...answers, stepDown: answer },
  });
  await user.click(await screen.findByRole('button', { name: 'Step down' }));
  const dialog = within(
    await screen.findByRole('dialog', { name: 'Stop being a steward?' }),
  );
  expect(answer).not.toHaveBeenCalled();
  await user.click(dialog.getByRole('button', { name: 'Step down' }));
  return dialog;
}

test('a steward who steps down stays a plain member', async () => {
  const elm = elmStreet(STEWARD, ONE_OF_TWO);
  const answer = jest.fn(() => {
    elm.now.ana = aMembership({ role: 'MEMBER', viewerActions: ['LEAVE'] });
    return { membership: elm.now.ana, errors: [] };
  });
  await stepDown(elm, answer);
  expect(
    await screen.findByText('You are a plain member now.'),
  ).toBeInTheDocument();
  expect(
    await screen.findByRole('heading', { name: 'You are a member' }),
  ).toBeVisible();
  expect(screen.getByRole('button', { name: 'Leave' })).toBeVisible();
  expect(
    screen.queryByRole('button', { name: 'Step down' }),
  ).not.toBeInTheDocument();
  await waitFor(() =>
    expect(screen.queryByText('Reports')).not.toBeInTheDocument(),
  );
  expect(await findBela('Members')).toHaveTextContent('Steward');
  expectSent(answer, { neighborhoodId: 'elm-id' });
});

test('a steward who has become the only one reads in the dialog why they cannot step down', async () => {
  const errors = [
    { code: 'NOT_ALLOWED', message: 'You are the only steward', field: null },
  ];
  const answer = jest.fn(() => ({ membership: null, errors }));
  const dialog = await stepDown(elmStreet(STEWARD, ONE_OF_TWO), answer);
  expect(await dialog.findByRole('alert')).toHaveTextContent(
    'You are the only steward',
  );
  expect(screen.getByText('You are a steward')).toBeInTheDocument();
});
