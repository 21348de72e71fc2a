import { useQuery } from '@apollo/client/react';
import { Box, Button, Input, Skeleton, Text, Textarea } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import '@mantine/dates/styles.css';
import { graphql } from '../apollo/graphql';
import type {
  LoanActions_LoanFragment,
  RequestExtensionInput,
} from '../generated/types';
import { RequestExtensionInputSchema } from '../generated/validators';
import { InputForm } from '../ui/InputForm';
import { LoadError } from '../ui/LoadError';
import { addDays, formatDay, formatFullDay } from '../ui/dates';
import '../ui/calendar.css';
import { useInputForm } from '../ui/useInputForm';
import { LOAN_MUTATION_FRAGMENTS, useLoanMutation } from './useLoanMutation';
import { t } from '../languages/texts';
import { renderIsolates } from '../languages/isolate';

const EXTENSION_DAYS = graphql(`
  query ExtensionDays($itemId: ID!, $from: Date!, $to: Date!) {
    item(id: $itemId) {
      id
      busyDays(from: $from, to: $to)
      restDays(from: $from, to: $to)
    }
  }
`);

const REQUEST_EXTENSION = graphql(
  `
    mutation RequestExtension($input: RequestExtensionInput!) {
      result: requestExtension(input: $input) {
        loan {
          ...LoanState_loan @unmask
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  LOAN_MUTATION_FRAGMENTS,
);

/** Form for the new due date of an extension, up to the next booking of the item. */
export function ExtensionForm({
  loan,
  onClose,
}: {
  loan: LoanActions_LoanFragment;
  onClose: () => void;
}) {
  const { item, today } = loan;
  // An overdue loan is extended from today on.
  const isLate = loan.dueDate < today;
  const dueDate = isLate ? addDays(today, -1) : loan.dueDate;
  const { data, error, refetch } = useQuery(EXTENSION_DAYS, {
    variables: {
      itemId: item.id,
      from: addDays(dueDate, 1),
      to: addDays(dueDate, item.maxLoanDays + item.bufferDays),
    },
    fetchPolicy: 'network-only',
  });
  if (error && !data) return <LoadError error={error} retry={refetch} />;
  if (!data) return <Skeleton height={320} />;

  const last = latestDueDate({
    dueDate,
    ...item,
    // While it is overdue, today and tomorrow are busy because of this loan.
    busyDays: (data.item?.busyDays ?? []).filter(
      (day) => !isLate || day > addDays(today, 1),
    ),
    restDays: data.item?.restDays ?? [],
  });
  if (last == null)
    return (
      <>
        <Text mb="lg">
          {renderIsolates(
            isLate
              ? t('loans.extendImpossibleLate')
              : t('loans.extendImpossible', { day: formatDay(dueDate, today) }),
          )}
        </Text>
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('loans.understood')}
        </Button>
      </>
    );
  return (
    <DayForm
      loan={loan}
      first={addDays(dueDate, 1)}
      last={last}
      onClose={onClose}
    />
  );
}

function DayForm({
  loan,
  first,
  last,
  onClose,
}: {
  loan: LoanActions_LoanFragment;
  first: string;
  last: string;
  onClose: () => void;
}) {
  const act = useLoanMutation(loan.status);
  const handle = useInputForm<
    RequestExtensionInput,
    { loanId: string; newDueDate: string; note: string }
  >({
    schema: RequestExtensionInputSchema,
    initialValues: { loanId: loan.id, newDueDate: '', note: '' },
    send: async (input) => {
      const refused = await act(
        REQUEST_EXTENSION,
        input,
        t('loans.extensionAsked', { owner: loan.owner.name }),
      );
      if (refused.length === 0) onClose();
      return refused;
    },
  });
  const { form } = handle;
  const { newDueDate } = form.values;

  return (
    <InputForm
      handle={handle}
      submitLabel={t('loans.askToKeep')}
      secondary={
        <Button variant="default" onClick={onClose}>
          {t('loans.cancel')}
        </Button>
      }
    >
      <Input.Wrapper
        label={t('loans.untilWhen')}
        labelElement="div"
        error={form.errors.newDueDate}
        description={
          newDueDate
            ? formatFullDay(newDueDate)
            : renderIsolates(
                t(loan.dueDate < loan.today ? 'loans.wasDue' : 'loans.isDue', {
                  day: formatDay(loan.dueDate, loan.today),
                }),
              )
        }
      >
        <Box mt="xs">
          <DatePicker
            value={newDueDate || null}
            onChange={(day) => form.setFieldValue('newDueDate', day ?? '')}
            defaultDate={first}
            minDate={first}
            maxDate={last}
            getDayAriaLabel={formatFullDay}
            ariaLabels={{
              previousMonth: t('loans.previousMonth'),
              nextMonth: t('loans.nextMonth'),
            }}
            maxLevel="month"
            hideOutsideDates
            fullWidth
            size="md"
            className="range-calendar"
          />
        </Box>
      </Input.Wrapper>
      <Textarea
        label={t('loans.note')}
        autosize
        minRows={2}
        {...form.getInputProps('note')}
      />
    </InputForm>
  );
}

/**
 * Returns the last possible due date of an extension: at most another maximum loan, with the buffer
 * days kept free before the next borrower.
 * @param loan.busyDays busy days after the due date, in order
 * @param loan.restDays those of them on which the item rests, also after this loan
 * @returns null if there is no such day
 */
export function latestDueDate({
  dueDate,
  maxLoanDays,
  bufferDays,
  busyDays,
  restDays,
}: {
  dueDate: string;
  maxLoanDays: number;
  bufferDays: number;
  busyDays: readonly string[];
  restDays: readonly string[];
}): string | null {
  // The rest moves with the due date, so that the next loan decides.
  const next = busyDays.find((day) => !restDays.includes(day));
  const longest = addDays(dueDate, maxLoanDays);
  const last =
    next == null ? longest : earlierOf(longest, addDays(next, -1 - bufferDays));
  return last > dueDate ? last : null;
}

const earlierOf = (one: string, other: string) => (one < other ? one : other);
