import type { FragmentType } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Anchor, Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { graphql } from '../apollo/graphql';
import type { LoanContact_LoanFragment } from '../generated/types';
import styles from './LoanContact.module.css';
import { t } from '../languages/texts';
import { renderIsolates } from '../languages/isolate';
import { UserText } from '../ui/UserText';

/** Contact data of the other party of a loan, if the viewer may see it. */
export const LOAN_CONTACT = graphql(`
  fragment LoanContact_loan on Loan {
    id
    contact {
      address
      phone
      pickupNote
    }
  }
`);

/** Contact data of the other party of a loan; renders nothing if the viewer may not see it. */
export function LoanContact({
  loan,
  other,
}: {
  loan: FragmentType<LoanContact_LoanFragment>;
  /** Name of the other side. */
  other: string;
}) {
  const { data, complete } = useFragment({
    fragment: LOAN_CONTACT,
    from: loan,
  });
  if (!complete || !data.contact) return null;
  const { address, phone, pickupNote } = data.contact;
  const isEmpty = !address && !phone && !pickupNote;
  return (
    <Paper
      component="section"
      className="surface"
      p={{ base: 'md', sm: 'lg' }}
      aria-labelledby="contact"
    >
      <Title order={2} id="contact" size="h4" mb="sm">
        {renderIsolates(t('loans.howToReach', { name: other }))}
      </Title>
      {isEmpty ? (
        <Text c="dimmed">
          {renderIsolates(t('loans.noContact', { name: other }))}
        </Text>
      ) : (
        <dl className={styles.facts}>
          <Fact
            name={t('loans.address')}
            value={address && <UserText>{address}</UserText>}
          />
          <Fact
            name={t('loans.phone')}
            value={
              phone && (
                <Anchor href={`tel:${phone.replaceAll(/[^\d+*#]/g, '')}`}>
                  {phone}
                </Anchor>
              )
            }
          />
          <Fact
            name={t('loans.pickingUp')}
            value={pickupNote && <UserText>{pickupNote}</UserText>}
          />
        </dl>
      )}
    </Paper>
  );
}

function Fact({ name, value }: { name: string; value: ReactNode }) {
  if (value == null || value === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
