import { notifications } from '@mantine/notifications';
import { screen, waitFor, within } from '@testing-library/react';
import { ANA, aPage, anItem } from '../testing/fakeApi';
import { aLoan, aMessage } from '../testing/fakeLoans';
import { renderRoute } from '../testing/renderRoute';

// At most two toasts are shown at once, and those of one test outlive it.
beforeEach(() => notifications.clean());

// Paused, as looking for a role among the many buttons of a calendar is slow.
const ITEM = anItem({ status: 'PAUSED', viewerActions: ['REPORT'] });

const LOAN = aLoan({
  messages: aPage([
    aMessage({ id: 'newer', body: 'Pay me first!' }),
    aMessage({ id: 'own', body: 'At six?', author: ANA }),
    aMessage({ id: 'older', body: 'See you.' }),
  ]),
});

/** Ana opens the dialog of a button that reports something. */
async function openReport(
  path: string,
  answers: Record<string, unknown>,
  title: string,
) {
  const { user } = renderRoute(path, { answers });
  // Messages have such a button only once somebody asks for it.
  if (path.startsWith('/loans'))
    await user.click(
      await screen.findByRole('button', { name: 'Report a message' }),
    );
  const [button] = await screen.findAllByRole('button', { name: 'Report' });
  if (button) await user.click(button);
  const dialog = within(await screen.findByRole('dialog', { name: title }));
  const field = dialog.getByRole('textbox', { name: /^What is wrong\?/ });
  return { user, dialog, field };
}

test.each([
  {
    target: 'a thing',
    path: '/items/drill-id',
    answers: { item: ITEM },
    title: 'Report this thing?',
    reader: /Its owner is not told who reported it\./,
    mutation: 'reportItem',
    input: { itemId: 'drill-id' },
  },
  {
    target: 'a message',
    path: '/loans/loan-id',
    answers: { loan: LOAN },
    title: 'Report this message?',
    reader: /They can then read all messages of this loan\./,
    mutation: 'reportMessage',
    // The first in the log is the oldest.
    input: { messageId: 'older' },
  },
])(
  'reporting $target says who reads it, and requires a reason',
  async ({ path, answers, title, reader, mutation, input }) => {
    const report = jest.fn(() => ({ report: { id: 'r' }, errors: [] }));
    const { user, dialog, field } = await openReport(
      path,
      { ...answers, [mutation]: report },
      title,
    );
    expect(dialog.getByText(reader)).toBeInTheDocument();
    const send = dialog.getByRole('button', { name: 'Report it' });
    await user.click(send);
    expect(dialog.getByText('Please fill this in')).toBeInTheDocument();
    expect(field).toHaveFocus();
    expect(report).not.toHaveBeenCalled();

    await user.type(field, ' It is an advertisement. ');
    await user.click(send);
    expect(
      await screen.findByText(
        'Thank you. The stewards will look at it, and tell you.',
      ),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(report.mock.calls).toEqual([
      [
        { input: { ...input, reason: 'It is an advertisement.' } },
        undefined,
        expect.anything(),
      ],
    ]);
  },
);

test('own messages cannot be reported', async () => {
  const { user } = renderRoute('/loans/loan-id', { answers: { loan: LOAN } });
  await user.click(
    await screen.findByRole('button', { name: 'Report a message' }),
  );
  expect(screen.getByText('At six?')).toBeVisible();
  expect(screen.getAllByRole('button', { name: 'Report' })).toHaveLength(2);
});

test('a report that is called off is not sent', async () => {
  const reportItem = jest.fn();
  const { user, dialog, field } = await openReport(
    '/items/drill-id',
    { item: ITEM, reportItem },
    'Report this thing?',
  );
  await user.type(field, 'It is an advertisement.');
  await user.click(dialog.getByRole('button', { name: 'Cancel' }));
  await waitFor(() =>
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
  );
  expect(reportItem).not.toHaveBeenCalled();
});

test('a refused report is explained in the dialog, which keeps the reason', async () => {
  const errors = [
    { code: 'NOT_FOUND', message: 'This thing is gone', field: ['itemId'] },
  ];
  const { user, dialog, field } = await openReport(
    '/items/drill-id',
    { item: ITEM, reportItem: { report: null, errors } },
    'Report this thing?',
  );
  await user.type(field, 'It is an advertisement.');
  await user.click(dialog.getByRole('button', { name: 'Report it' }));
  expect(await dialog.findByRole('alert')).toHaveTextContent(
    'This thing is gone',
  );
  expect(field).toHaveValue('It is an advertisement.');
  expect(screen.queryByText(/Thank you/)).not.toBeInTheDocument();
});
