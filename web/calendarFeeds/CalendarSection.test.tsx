import { screen, waitFor, within } from '@testing-library/react';
import { SETTINGS } from '../testing/deliverySettings';
import { ANA } from '../testing/fakeApi';
import { renderRoute } from '../testing/renderRoute';

const ADDRESS = 'https://neighbors.example/calendar/secret.ics';

const FEED = {
  createdAt: new Date(Date.now() - 3 * 86_400_000).toISOString(),
  lastReadAt: null,
};

const CONFLICT = {
  code: 'CONFLICT',
  message: 'You already have a calendar address',
  field: null,
};

/** Renders the account page of Ana, who has this calendar address or none. */
function renderSection(feed: typeof FEED | null) {
  let calendarFeed: object | null = feed;
  const me = () => ({ ...ANA, sessions: [], calendarFeed });
  const createCalendarFeed = jest.fn(
    ({ input }: { input: { replace: boolean } }) => {
      if (calendarFeed && !input.replace)
        return { url: null, user: null, errors: [CONFLICT] };
      calendarFeed = { createdAt: new Date().toISOString(), lastReadAt: null };
      return { url: ADDRESS, user: me(), errors: [] };
    },
  );
  const deleteCalendarFeed = jest.fn(() => {
    calendarFeed = null;
    return { user: me(), errors: [] };
  });
  const view = renderRoute('/account/reach', {
    answers: {
      me,
      myDeliverySettings: SETTINGS,
      createCalendarFeed,
      deleteCalendarFeed,
    },
  });
  const createElsewhere = () => {
    calendarFeed = FEED;
  };
  return { ...view, createCalendarFeed, deleteCalendarFeed, createElsewhere };
}

const findSection = () => screen.findByRole('region', { name: 'Calendar' });

test('a calendar address is created, shown once and copied', async () => {
  const { user, createCalendarFeed } = renderSection(null);
  const section = within(await findSection());
  expect(section.queryByRole('textbox')).toBeNull();

  await user.click(section.getByRole('button', { name: 'Make an address' }));

  expect(await section.findByLabelText('Your calendar address')).toHaveValue(
    ADDRESS,
  );
  expect(createCalendarFeed.mock.calls[0]?.[0].input).toEqual({
    replace: false,
  });
  expect(section.getByRole('status')).toHaveTextContent('shown only once');
  expect(
    section.getByRole('link', { name: 'add it to Apple Calendar' }),
  ).toHaveAttribute('href', ADDRESS.replace('https:', 'webcal:'));
  const copy = section.getByRole('button', { name: 'Copy' });
  await waitFor(() => expect(copy).toHaveFocus());
  await user.click(copy);
  expect(await screen.findByText('The address is copied.')).toBeVisible();
  expect(await navigator.clipboard.readText()).toBe(ADDRESS);
});

test('an address that exists is not shown, but since when it exists and when it was read', async () => {
  renderSection({
    ...FEED,
    lastReadAt: new Date(Date.now() - 2 * 3_600_000).toISOString(),
  } as unknown as typeof FEED);
  const section = await findSection();

  expect(section).toHaveTextContent('Your secret address was made 3 days ago.');
  expect(section).toHaveTextContent('A calendar app last read it 2 hours ago.');
  expect(within(section).queryByRole('textbox')).toBeNull();
});

test('a new address replaces the old one after a confirmation', async () => {
  const { user, createCalendarFeed } = renderSection(FEED);
  const section = within(await findSection());
  expect(section.getByText(/No calendar app has read it yet/)).toBeVisible();

  await user.click(section.getByRole('button', { name: 'Make a new address' }));
  const dialog = within(await screen.findByRole('dialog'));
  await waitFor(() =>
    expect(
      dialog.getByText(/The old address stops working at once/),
    ).toBeVisible(),
  );
  expect(createCalendarFeed).not.toHaveBeenCalled();
  await user.click(dialog.getByRole('button', { name: 'Make a new one' }));

  expect(await section.findByLabelText('Your calendar address')).toHaveValue(
    ADDRESS,
  );
  expect(createCalendarFeed.mock.calls[0]?.[0].input).toEqual({
    replace: true,
  });
});

test('the address is switched off after a confirmation', async () => {
  const { user, deleteCalendarFeed } = renderSection(FEED);
  const section = within(await findSection());

  await user.click(section.getByRole('button', { name: 'Switch off' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(deleteCalendarFeed).not.toHaveBeenCalled();
  await user.click(dialog.getByRole('button', { name: 'Switch it off' }));

  expect(await screen.findByText('The address no longer works.')).toBeVisible();
  expect(
    await section.findByRole('button', { name: 'Make an address' }),
  ).toBeVisible();
});

test('an address that was made elsewhere meanwhile is not replaced by mistake', async () => {
  const { user, createElsewhere } = renderSection(null);
  const section = within(await findSection());
  createElsewhere();

  await user.click(section.getByRole('button', { name: 'Make an address' }));

  expect(
    await screen.findByText('You already have a calendar address'),
  ).toBeVisible();
  expect(
    await section.findByRole('button', { name: 'Make a new address' }),
  ).toBeVisible();
  expect(section.queryByRole('textbox')).toBeNull();
});
