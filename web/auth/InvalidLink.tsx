import { Button } from '@mantine/core';
import { IconUnlink } from '@tabler/icons-react';
import { Link } from 'react-router';
import { t } from '../languages/texts';
import { EmptyState } from '../ui/EmptyState';

/** Says why the link of an e-mail is invalid, and how to get another one. */
export function InvalidLink({
  reason,
  wayOn,
}: {
  /** The API's error; null if the link had no token. */
  reason: string | null;
  /** The page for another link, and the label of the button that leads there. */
  wayOn: { to: string; label: string };
}) {
  return (
    <EmptyState
      role="alert"
      picture={<IconUnlink size={44} stroke={1.4} />}
      title={t(reason == null ? 'auth.incompleteLink' : 'auth.deadLink')}
      action={
        <Button component={Link} to={wayOn.to}>
          {wayOn.label}
        </Button>
      }
    >
      {reason == null ? t('auth.incompleteLinkText') : `${reason}.`}
    </EmptyState>
  );
}
