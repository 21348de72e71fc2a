import type { GroupProps } from '@mantine/core';
import { Group, Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useId } from 'react';
import styles from './AccountSection.module.css';

/** A section of the account page with its own heading. */
export function AccountSection({
  title,
  lead,
  children,
}: {
  title: string;
  /** An explanation in a sentence or two. */
  lead: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <Paper
      component="section"
      className="surface"
      p={{ base: 'lg', sm: 'xl' }}
      aria-labelledby={id}
    >
      <Title order={2} size="h3" id={id} className="wrap-anywhere">
        {title}
      </Title>
      <Text c="dimmed" mt={4} mb="md">
        {lead}
      </Text>
      {children}
    </Paper>
  );
}

/** A row of a list in a section. */
export function AccountRow({
  justify = 'space-between',
  children,
}: Pick<GroupProps, 'justify' | 'children'>) {
  return (
    <Group component="li" className={styles.row} justify={justify}>
      {children}
    </Group>
  );
}
