import { Button } from '@mantine/core';
import { IconUnlink } from '@tabler/icons-react';
import { Link } from 'react-router';
import { EmptyState } from '../ui/EmptyState';

/** The link in a mail leads no further: why, and the way to another one. */
export function InvalidLink({
  reason,
  wayOn,
}: {
  /** What the API says of it; null where it carried nothing that could be asked about. */
  reason: string | null;
  /** Where one gets another link, and what the button says that leads there. */
  wayOn: { to: string; label: string };
}) {
  return (
    <EmptyState
      role="alert"
      picture={<IconUnlink size={44} stroke={1.4} />}
      title={
        reason == null
          ? 'This link is not complete'
          : 'This link no longer works'
      }
      action={
        <Button component={Link} to={wayOn.to}>
          {wayOn.label}
        </Button>
      }
    >
      {reason == null
        ? 'Open it from the mail once more, or copy all of it.'
        : `${reason}.`}
    </EmptyState>
  );
}
