import {
  Box,
  Button,
  Paper,
  SimpleGrid,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { IconHomePlus, IconMail, IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { paths } from '../paths';
import { InviteLinkField } from './InviteLinkField';
import { MyNeighborhoods } from './MyNeighborhoods';
import type { ListedMembership } from './useNeighborhoods';
import { t } from '../languages/texts';

/** The ways into a neighborhood, and pending requests, for a user without one. */
export function GetStarted({
  memberships,
}: {
  memberships: ListedMembership[];
}) {
  return (
    <Stack gap="md">
      {memberships.length > 0 && <MyNeighborhoods memberships={memberships} />}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <Option
          picture={<IconSearch size={32} stroke={1.5} />}
          title={t('neighborhoods.getStarted.find.title')}
          text={t('neighborhoods.getStarted.find.text')}
        >
          <Button component={Link} to={paths.neighborhoods}>
            {t('neighborhoods.getStarted.find.action')}
          </Button>
        </Option>
        <Option
          picture={<IconHomePlus size={32} stroke={1.5} />}
          title={t('neighborhoods.getStarted.start.title')}
          text={t('neighborhoods.getStarted.start.text')}
        >
          <Button component={Link} to={paths.newNeighborhood} variant="default">
            {t('neighborhoods.start')}
          </Button>
        </Option>
      </SimpleGrid>
      <Option
        picture={<IconMail size={32} stroke={1.5} />}
        title={t('neighborhoods.invited')}
        text={t('neighborhoods.getStarted.invited.text')}
      >
        <InviteLinkField />
      </Option>
    </Stack>
  );
}

function Option({
  picture,
  title,
  text,
  children,
}: {
  picture: ReactNode;
  title: string;
  text: string;
  children: ReactNode;
}) {
  return (
    <Paper className="surface" p="lg">
      <Stack gap="md" h="100%" justify="space-between">
        <div>
          <Box aria-hidden="true" c="var(--mantine-color-anchor)" h={32}>
            {picture}
          </Box>
          <Title order={2} size="h4" mt="xs">
            {title}
          </Title>
          <Text mt={4}>{text}</Text>
        </div>
        <div>{children}</div>
      </Stack>
    </Paper>
  );
}
