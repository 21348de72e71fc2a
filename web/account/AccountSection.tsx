import { Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useId } from 'react';

/** A part of the account page, under a heading of its own. */
export function AccountSection({
  title,
  lead,
  children,
}: {
  title: string;
  /** What it is about, in a sentence or two. */
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
      <Title order={2} size="h3" id={id}>
        {title}
      </Title>
      <Text c="dimmed" mt={4} mb="md">
        {lead}
      </Text>
      {children}
    </Paper>
  );
}
