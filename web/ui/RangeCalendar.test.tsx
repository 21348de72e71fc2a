import { DirectionProvider, MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import type { Language } from '../languages/language';
import { speak } from '../languages/texts';
import { messages as rest } from '../generated/languages/rest.de';
import { messages as start } from '../generated/languages/start.de';
import { RangeCalendar } from './RangeCalendar';

/** Shows May 2026 in a language; its texts are in German. */
function show(language: Language) {
  speak(language, { ...start, ...rest });
  const { container } = render(
    <DirectionProvider>
      <MantineProvider>
        <RangeCalendar
          from="2026-05-02"
          to={null}
          onChange={() => undefined}
          today="2026-05-01"
          max="2026-05-31"
        />
      </MantineProvider>
    </DirectionProvider>,
  );
  const [firstDay] = container.querySelectorAll('th');
  return { firstDay: firstDay?.textContent };
}

test.each([
  ['en', 'Mo', 'May 2026'],
  ['de', 'Mo', 'Mai 2026'],
  ['fr', 'lu', 'mai 2026'],
  ['es', 'lu', 'mayo 2026'],
  ['pt-BR', 'do', 'maio 2026'],
  ['tr', 'Pt', 'Mayıs 2026'],
  ['ar', 'س', 'مايو 2026'],
] as const)('in %s a week begins with %s', (language, weekday, month) => {
  const { firstDay } = show(language);
  expect(firstDay?.toLowerCase()).toBe(weekday.toLowerCase());
  expect(screen.getByText(new RegExp(`^${month}$`, 'i'))).toBeVisible();
});

test('the name of a day says what it is in the language in use', () => {
  show('de');
  expect(
    screen.getByRole('button', {
      name: 'Samstag, 2. Mai 2026, erster Tag',
    }),
  ).toBeVisible();
  expect(
    screen.getByRole('button', { name: 'Freitag, 1. Mai 2026, heute' }),
  ).toBeVisible();
});
