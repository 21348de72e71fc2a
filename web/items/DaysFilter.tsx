import { Button, Popover, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCalendar } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../languages/texts';
import { DayRange } from '../ui/DayRange';
import { formatRange } from '../ui/dates';
import { renderIsolates } from '../languages/isolate';
import { lastLoanDay, obstacleOn } from './loanDays';

/** Longest loan of any item: see `CreateItemInput.maxLoanDays` in the schema. */
const LONGEST = { maxLoanDays: 90 };

const NO_DAYS = { busy: new Set<string>(), resting: new Set<string>() };

/** Button with a calendar that filters items by the days on which they must be free. */
export function DaysFilter({
  from,
  to,
  today,
  onChange,
}: {
  /** The first day; null if any will do. */
  from: string | null;
  to: string | null;
  /** Current day in the neighborhood. */
  today: string;
  onChange: (from: string | null, to: string | null) => void;
}) {
  const [isOpen, { open, close }] = useDisclosure();
  // The first of the days, until the last is chosen, too.
  const [first, setFirst] = useState<string | null>(null);

  const leave = () => {
    setFirst(null);
    close();
  };
  const choose = (chosen: string | null, last: string | null) => {
    if (chosen == null || last == null) {
      setFirst(chosen);
      return;
    }
    onChange(chosen, last);
    leave();
  };
  const label =
    from && to
      ? t('items.freeOn', { days: formatRange(from, to, today) })
      : t('items.anyDays');

  return (
    <Popover
      opened={isOpen}
      onDismiss={leave}
      trapFocus
      returnFocus
      width="min(21rem, calc(100vw - 24px))"
      shadow="md"
    >
      <Popover.Target>
        <Button
          variant="default"
          justify="flex-start"
          fw={400}
          leftSection={<IconCalendar size={18} />}
          onClick={isOpen ? leave : open}
        >
          {renderIsolates(label)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="surface" aria-label={t('items.freeBetween')}>
        <Text size="sm" c="dimmed" mb="xs" role="status">
          {t(first ? 'items.nowTheLastDay' : 'items.whichFirstDay')}
        </Text>
        <DayRange
          from={first ?? from}
          to={first ? null : to}
          today={today}
          max={lastLoanDay({ ...LONGEST, today })}
          obstacleOn={(day) =>
            obstacleOn(day, first, { ...LONGEST, today }, NO_DAYS)
          }
          onChange={choose}
        />
        {from && (
          <Button
            variant="subtle"
            fullWidth
            mt="xs"
            onClick={() => {
              onChange(null, null);
              leave();
            }}
          >
            {t('items.anyDays')}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
