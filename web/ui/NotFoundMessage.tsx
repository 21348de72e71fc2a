import { Button } from '@mantine/core';
import { IconMapSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { t } from '../languages/texts';
import { paths } from '../paths';
import { EmptyState } from './EmptyState';
import { Page } from './Page';

/** Message for an unknown URL. */
export function NotFoundMessage({
  title,
  children,
}: {
  title: string;
  children: ReactNode;
}) {
  return (
    <Page title={title}>
      <EmptyState
        picture={<IconMapSearch size={48} stroke={1.3} />}
        title={t('ui.lost')}
        action={
          <Button component={Link} to={paths.home}>
            {t('ui.home')}
          </Button>
        }
      >
        {children}
      </EmptyState>
    </Page>
  );
}
