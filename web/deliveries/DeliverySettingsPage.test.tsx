import { screen, waitFor, within } from '@testing-library/react';
import { SETTINGS } from '../testing/deliverySettings';
import { ANA, apiError } from '../testing/fakeApi';
import { allowPushes, removePushes } from '../testing/pushes';
import { renderRoute } from '../testing/renderRoute';

type Input = { input: Record<string, unknown> };

/** Ana at her settings; mutations change what the API answers. */
function openSettings(
  changes: object = {},
  {
    email = 'ana@example.org',
    answers = {},
  }: { email?: string | null; answers?: object } = {},
) {
  let settings = { ...SETTINGS, ...changes };
  const answer = (next: object) => {
    settings = { ...settings, ...next };
    return { settings, errors: [] };
  };
  return renderRoute('/account/reach', {
    answers: {
      me: { ...ANA, email, calendarFeed: null },
      myDeliverySettings: () => settings,
      updateTopic: ({ input: { topic, ...channels } }: Input) =>
        answer({
          topics: settings.topics.map((each) =>
            each.topic === topic ? { ...each, ...channels } : each,
          ),
        }),
      updateDeliverySettings: ({ input }: Input) => answer(input),
      removePushDevice: () => answer({ devices: [] }),
      addPushDevice: () =>
        answer({
          devices: [
            {
              id: 'device-id',
              device: 'Firefox on Windows',
              current: true,
              lastSentAt: null,
            },
          ],
        }),
      ...answers,
    },
  });
}

afterEach(removePushes);

test('a checkbox of a topic is saved, and reverts if saving fails', async () => {
  let isBroken = false;
  const { user } = openSettings(
    {},
    {
      answers: {
        updateTopic: ({ input }: Input) => {
          if (isBroken) throw apiError('INTERNAL_SERVER_ERROR');
          const [first, ...others] = SETTINGS.topics;
          return {
            settings: {
              ...SETTINGS,
              topics: [{ ...first, ...input }, ...others],
            },
            errors: [],
          };
        },
      },
    },
  );
  const box = await screen.findByRole('checkbox', { name: 'My loans: Mail' });
  expect(box).toBeChecked();
  await user.click(box);
  await waitFor(() => expect(box).not.toBeChecked());
  isBroken = true;
  await user.click(box);

  expect(
    await screen.findByText(/Something went wrong on our side/),
  ).toBeVisible();
  expect(box).not.toBeChecked();
});

test('the weekly digest is offered by mail alone', async () => {
  openSettings();

  expect(
    await screen.findByRole('checkbox', { name: 'Your week: Mail' }),
  ).toBeChecked();
  expect(
    screen.queryByRole('checkbox', { name: 'Your week: Push' }),
  ).not.toBeInTheDocument();
});

test('switches are saved', async () => {
  const { user } = openSettings();
  const quiet = await screen.findByRole('switch', { name: 'Quiet nights' });
  const words = screen.getByRole('switch', {
    name: 'Show what neighbors write',
  });
  expect(quiet).toBeChecked();
  expect(words).not.toBeChecked();
  await user.click(quiet);
  await waitFor(() => expect(quiet).not.toBeChecked());
  await user.click(words);
  await waitFor(() => expect(words).toBeChecked());
});

test('without a verified address, mails cannot be chosen, and the page says how to add one', async () => {
  openSettings({}, { email: null });
  const box = await screen.findByRole('checkbox', { name: 'My loans: Mail' });
  expect(box).toBeDisabled();
  expect(box).not.toBeChecked();
  const section = screen.getByRole('region', { name: 'E-mail' });
  expect(
    within(section).getByRole('link', { name: 'your account' }),
  ).toBeVisible();
  expect(
    screen.queryByRole('button', { name: 'Send me a test mail' }),
  ).toBeNull();
});

test('the page says that mails do not arrive', async () => {
  openSettings({ mailRefused: true });
  expect(await screen.findByText(/there is no such mailbox/)).toBeVisible();
});

test('notifications are asked for by a button alone, turned on, tried and turned off', async () => {
  const { pushManager, requestPermission } = allowPushes();
  const sendTestMessage = jest.fn(() => ({
    sentCount: 1,
    settings: null,
    errors: [],
  }));
  const { user } = openSettings({}, { answers: { sendTestMessage } });
  const on = await screen.findByRole('button', { name: 'Turn on here' });
  expect(requestPermission).not.toHaveBeenCalled();
  await user.click(on);
  expect(
    await screen.findByText('Firefox on Windows: this device'),
  ).toBeVisible();
  expect(pushManager.subscribe).toHaveBeenCalledWith({
    userVisibleOnly: true,
    applicationServerKey: SETTINGS.pushKey,
  });
  await user.click(
    screen.getByRole('button', { name: 'Send me a test notification' }),
  );
  expect(await screen.findByText('It is on its way.')).toBeVisible();
  await user.click(
    screen.getByRole('button', {
      name: 'Turn off notifications on Firefox on Windows',
    }),
  );

  expect(
    await screen.findByRole('button', { name: 'Turn on here' }),
  ).toBeVisible();
});

test('a refused permission is explained', async () => {
  allowPushes('denied');
  const { user } = openSettings();
  await user.click(await screen.findByRole('button', { name: 'Turn on here' }));
  expect(
    await screen.findByText('You have not allowed notifications.'),
  ).toBeVisible();
});

test('a browser without notifications says so', async () => {
  openSettings();
  expect(
    await screen.findByText(/This browser gets no notifications/),
  ).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Turn on here' })).toBeNull();
});

test('a test mail that could not be sent is reported', async () => {
  const { user } = openSettings(
    {},
    {
      answers: {
        sendTestMessage: { sentCount: 0, settings: null, errors: [] },
      },
    },
  );
  await user.click(
    await screen.findByRole('button', { name: 'Send me a test mail' }),
  );
  expect(await screen.findByText('The mail could not be sent.')).toBeVisible();
});

test.each([
  ['is subscribed again when the app is opened', 'on', 1],
  ['whose user never turned pushes on is left alone', null, 0],
])('a browser without a subscription %s', async (_, choice, times) => {
  const { pushManager } = allowPushes();
  Object.assign(window.Notification, { permission: 'granted' });
  if (choice !== null) localStorage.setItem('neighborshare-push', choice);
  const addPushDevice = jest.fn(() => ({ settings: SETTINGS, errors: [] }));
  openSettings({}, { answers: { addPushDevice } });
  await screen.findByRole('button', { name: 'Turn on here' });

  await waitFor(() => expect(addPushDevice).toHaveBeenCalledTimes(times));
  expect(pushManager.subscribe).toHaveBeenCalledTimes(times);
  localStorage.clear();
});
