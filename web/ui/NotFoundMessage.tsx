import { Button } from '@mantine/core';
import { IconMapSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
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
        title="Lost on the way to the neighbors?"
        action={
          <Button component={Link} to={paths.home}>
            Take me home
          </Button>
        }
      >
        {children}
      </EmptyState>
    </Page>
  );
}
