import type { FragmentType } from '@apollo/client';
import { useFragment, useMutation } from '@apollo/client/react';
import { Text, Textarea } from '@mantine/core';
import { useId } from 'react';
import { useNavigate } from 'react-router';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { RequestLoan_ItemFragment } from '../generated/types';
import { RequestLoanInputSchema } from '../generated/validators';
import { paths } from '../paths';
import { DayRange } from '../ui/DayRange';
import { InputForm } from '../ui/InputForm';
import { LoadError } from '../ui/LoadError';
import { countDays, daysBetween, formatRange } from '../ui/dates';
import { lastLoanDay, obstacleOn, type BusyDays } from '../items/loanDays';
import { toastDone } from '../ui/toast';
import { useBusyDays } from '../items/useBusyDays';
import { useInputForm } from '../ui/useInputForm';
import { t } from '../languages/texts';
import { renderIsolates } from '../languages/isolate';

/** Fields of an item that a loan request needs. */
export const REQUEST_LOAN_FRAGMENT = graphql(`
  fragment RequestLoan_item on Item {
    id
    maxLoanDays
    owner {
      id
      name
    }
    neighborhood {
      id
      today
    }
  }
`);

const REQUEST_LOAN = graphql(
  `
    mutation RequestLoan($input: RequestLoanInput!) {
      requestLoan(input: $input) {
        loan {
          id
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

type RequestValues = {
  itemId: string;
  startDate: string;
  dueDate: string;
  note: string;
};

/** Form that requests a loan, with a calendar and a note. */
export function RequestLoan({
  item,
}: {
  item: FragmentType<RequestLoan_ItemFragment>;
}) {
  const { data, complete } = useFragment({
    fragment: REQUEST_LOAN_FRAGMENT,
    from: item,
  });
  if (!complete || !data.neighborhood) return null;
  return <RequestForm item={data} today={data.neighborhood.today} />;
}

function RequestForm({
  item,
  today,
}: {
  item: RequestLoan_ItemFragment;
  today: string;
}) {
  const navigate = useNavigate();
  const lending = { ...item, today: today };
  const { days, error, refetch } = useBusyDays(item.id, lending);
  const [requestLoan] = useMutation(REQUEST_LOAN, {
    update: (cache, { data }) => {
      if (!data?.requestLoan?.loan) return;
      cache.evict({ id: 'ROOT_QUERY', fieldName: 'myLoans' });
      cache.evict({
        id: cache.identify({ __typename: 'Item', id: item.id }),
        fieldName: 'viewerLoans',
      });
    },
  });

  const initialValues: RequestValues = {
    itemId: item.id,
    startDate: '',
    dueDate: '',
    note: '',
  };
  const handle = useInputForm({
    schema: RequestLoanInputSchema,
    initialValues,
    draft: paths.item(item.id),
    send: async (input) => {
      const { data } = await requestLoan({ variables: { input } });
      const { loan, errors = [] } = data?.requestLoan ?? {};
      if (loan) {
        toastDone(t('loans.asked', { owner: item.owner.name }));
        await navigate(paths.loan(loan.id));
      } else if (errors.some(({ code }) => code === 'CONFLICT')) {
        // The days may have been booked meanwhile; the calendar shows it.
        await refetch();
      }
      return errors;
    },
  });

  if (error && !days) return <LoadError error={error} retry={refetch} />;
  const { form } = handle;
  return (
    <InputForm handle={handle} submitLabel={t('loans.askToBorrow')}>
      <DaysField
        lending={lending}
        days={days}
        from={form.values.startDate || null}
        to={form.values.dueDate || null}
        error={form.errors.startDate ?? form.errors.dueDate}
        onChange={(from, to) => {
          form.setValues({ startDate: from ?? '', dueDate: to ?? '' });
          form.clearFieldError('startDate');
          form.clearFieldError('dueDate');
        }}
      />
      <Textarea
        label={t('loans.note')}
        description={renderIsolates(
          t('loans.noteFor', { owner: item.owner.name }),
        )}
        placeholder={t('loans.notePlaceholder')}
        autosize
        minRows={2}
        {...form.getInputProps('note')}
      />
    </InputForm>
  );
}

/** The calendar as a field of the form. */
function DaysField({
  lending,
  days,
  from,
  to,
  error,
  onChange,
}: {
  lending: Parameters<typeof lastLoanDay>[0];
  /** Missing while they load: no day can be chosen before they are known. */
  days: BusyDays | undefined;
  from: string | null;
  to: string | null;
  error: React.ReactNode;
  onChange: (from: string | null, to: string | null) => void;
}) {
  const id = useId();
  const { today, maxLoanDays } = lending;
  const chosen = to == null ? from : null;
  return (
    <div role="group" aria-labelledby={id} aria-describedby={`${id}-chosen`}>
      <Text id={id} fw={600}>
        {t('loans.whichDays')}
      </Text>
      <Text size="sm" c="dimmed" mb="xs">
        {renderIsolates(
          t('loans.daysHint', { length: countDays(maxLoanDays) }),
        )}
      </Text>
      {error != null && (
        <Text
          size="sm"
          c="var(--mantine-color-error)"
          mb="xs"
          data-problem
          tabIndex={-1}
        >
          {from && to ? error : t('loans.chooseDays')}
        </Text>
      )}
      <div aria-busy={!days} className={days ? undefined : 'outdated'}>
        <DayRange
          from={from}
          to={to}
          today={today}
          max={lastLoanDay(lending)}
          obstacleOn={(day) =>
            days
              ? obstacleOn(day, chosen, lending, days)
              : { reason: t('loans.dayLoading') }
          }
          onChange={onChange}
        />
      </div>
      <div className="calendar-legend">
        <span>{t('loans.legendFree')}</span>
        <span data-mark="busy">{t('loans.legendBusy')}</span>
        {days && days.resting.size > 0 && (
          <span data-mark="rest">{t('loans.legendResting')}</span>
        )}
        <span data-chosen>{t('loans.legendChosen')}</span>
      </div>
      <Text id={`${id}-chosen`} mt="xs" fw={600} role="status">
        {from && !to && t('loans.nowTheLastDay')}
        {from &&
          to &&
          renderIsolates(
            t('loans.chosenDays', {
              days: formatRange(from, to, today),
              length: countDays(daysBetween(from, to) + 1),
            }),
          )}
      </Text>
    </div>
  );
}
