import { Button, Stack, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { InviteLinkField } from './InviteLinkField';
import { LoadError } from '../ui/LoadError';
import { Loading, TextSkeleton } from '../ui/Loading';
import { MyNeighborhoods } from './MyNeighborhoods';
import { OpenNeighborhoods } from './OpenNeighborhoods';
import { Page } from '../ui/Page';
import { useNeighborhoods } from './useNeighborhoods';
import { paths } from '../paths';
import { t } from '../languages/texts';

/** Page with the user's neighborhoods and ways to join another. */
export function NeighborhoodsPage() {
  const { memberships, loading, error, refetch } = useNeighborhoods();
  return (
    <Page
      title={t('neighborhoods.title')}
      lead={t('neighborhoods.lead')}
      actions={
        <Button
          component={Link}
          to={paths.newNeighborhood}
          leftSection={<IconPlus size={18} />}
        >
          {t('neighborhoods.start')}
        </Button>
      }
    >
      {loading ? (
        <Loading>
          <TextSkeleton />
        </Loading>
      ) : (
        <Stack gap="xl">
          {error && <LoadError error={error} retry={refetch} />}
          {memberships.length > 0 && (
            <section aria-labelledby="yours">
              <Title order={2} id="yours" size="h3" mb="sm">
                {t('neighborhoods.yours')}
              </Title>
              <MyNeighborhoods memberships={memberships} />
            </section>
          )}
          <section aria-labelledby="invited">
            <Title order={2} id="invited" size="h3" mb="sm">
              {t('neighborhoods.invited')}
            </Title>
            <InviteLinkField />
          </section>
          <section aria-labelledby="find">
            <Title order={2} id="find" size="h3" mb="sm">
              {t('neighborhoods.find')}
            </Title>
            <OpenNeighborhoods />
          </section>
        </Stack>
      )}
    </Page>
  );
}
