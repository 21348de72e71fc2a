import type { MantineSpacing } from '@mantine/core';
import { Alert, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';

/** Shows why an action failed; nothing if `children` is null. Screen readers announce it. */
export function ErrorAlert({
  children,
  mb,
}: {
  children: string | null;
  mb?: MantineSpacing;
}) {
  if (children == null) return null;
  return (
    <Alert
      role="alert"
      mb={mb}
      color="red"
      variant="light"
      icon={<IconAlertCircle size={20} />}
    >
      <Text c="var(--mantine-color-error)">{children}</Text>
    </Alert>
  );
}
