import { Skeleton, Text } from '@mantine/core';
import { LoadError } from '../ui/LoadError';
import { Loading } from '../ui/Loading';
import { formatRange, stretchesOf } from '../ui/day';
import type { LendingRules } from './loanDays';
import './items.css';
import { useBusyDays } from './useBusyDays';

/** The days on which a thing is promised or away, in words: for its owner, who chooses none. */
export function BusyDays({
  id,
  lending,
}: {
  id: string;
  lending: LendingRules;
}) {
  const { busyDays, error, refetch } = useBusyDays(id, lending);
  if (!busyDays)
    return error ? (
      <LoadError error={error} retry={refetch} />
    ) : (
      <Loading>
        <Skeleton height={18} />
      </Loading>
    );
  if (busyDays.length === 0)
    return <Text c="dimmed">On no day so far: it is free.</Text>;
  return (
    <ul className="stretches">
      {stretchesOf(busyDays).map(({ from, to }) => (
        <li key={from}>{formatRange(from, to, lending.today)}</li>
      ))}
    </ul>
  );
}
