import { Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { renderIsolates } from '../languages/isolate';

/** Message in place of content: an empty list, or an error. */
export function EmptyState({
  picture,
  title,
  children,
  action,
  role,
}: {
  picture: ReactNode;
  title: string;
  children: ReactNode;
  action?: ReactNode;
  /** `alert` for unexpected messages, `status` for results of a user action. */
  role?: 'alert' | 'status';
}) {
  return (
    <Paper className="surface" p={{ base: 'lg', sm: 'xl' }} role={role}>
      <Stack align="center" gap="sm" ta="center" py="md">
        <div aria-hidden="true">{picture}</div>
        <Title order={2} size="h3">
          {renderIsolates(title)}
        </Title>
        <Text c="dimmed" maw="44ch">
          {renderIsolates(children)}
        </Text>
        {action}
      </Stack>
    </Paper>
  );
}
