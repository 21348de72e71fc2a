import { Skeleton } from '@mantine/core';
import { Suspense, lazy } from 'react';
import { Loading } from './Loading';
import type { RangeCalendarProps } from './RangeCalendar';

const RangeCalendar = lazy(async () => ({
  default: (await import('./RangeCalendar')).RangeCalendar,
}));

/** A calendar in which days in a row are chosen, as soon as it is there. */
export function DayRange(props: RangeCalendarProps) {
  return (
    <Suspense
      fallback={
        <Loading>
          <Skeleton height={320} />
        </Loading>
      }
    >
      <RangeCalendar {...props} />
    </Suspense>
  );
}
