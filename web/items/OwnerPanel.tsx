import { Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import type { ItemQuery } from '../generated/types';
import { t } from '../languages/texts';
import { LoadError } from '../ui/LoadError';
import { Loading } from '../ui/Loading';
import { formatRange, rangesOf } from '../ui/dates';
import { ItemActions } from './ItemActions';
import type { LendingRules } from './loanDays';
import { useBusyDays } from './useBusyDays';
import styles from './OwnerPanel.module.css';
import { UserText } from '../ui/UserText';

/** Panel of the item page for the owner: busy days, pickup note and actions. */
export function OwnerPanel({ item }: { item: NonNullable<ItemQuery['item']> }) {
  const { pickupNote, retiredReason } = item;
  const hasNote = pickupNote != null && pickupNote !== '';
  return (
    <Paper component="section" className="surface" p="lg" aria-labelledby="own">
      <Title order={2} id="own" size="h3" mb="sm">
        {t('items.own')}
      </Title>
      {retiredReason ? (
        <Text c="dimmed">{t(`items.notLent.${retiredReason}`)}</Text>
      ) : (
        <Stack gap="md">
          {item.neighborhood && (
            <div>
              <Text fw={600}>{t('items.busyDays')}</Text>
              <BusyDays
                id={item.id}
                lending={{ ...item, today: item.neighborhood.today }}
              />
            </div>
          )}
          <div>
            <Text fw={600}>{t('items.pickup')}</Text>
            <UserText c="dimmed" style={{ whiteSpace: 'pre-wrap' }}>
              {hasNote ? pickupNote : t('items.noPickup')}
            </UserText>
          </div>
          <ItemActions item={item} />
        </Stack>
      )}
    </Paper>
  );
}

/** Days on which the item is booked or lent, as text: its owner needs no calendar to choose days. */
function BusyDays({ id, lending }: { id: string; lending: LendingRules }) {
  const { days, error, refetch } = useBusyDays(id, lending);
  if (!days)
    return error ? (
      <LoadError error={error} retry={refetch} />
    ) : (
      <Loading>
        <Skeleton height={18} />
      </Loading>
    );
  const promised = [...days.busy].filter((day) => !days.resting.has(day));
  if (promised.length === 0)
    return <Text c="dimmed">{t('items.noBookings')}</Text>;
  return (
    <ul className={styles.busyDays}>
      {rangesOf(promised).map(({ from, to }) => (
        <li key={from}>{formatRange(from, to, lending.today)}</li>
      ))}
    </ul>
  );
}
