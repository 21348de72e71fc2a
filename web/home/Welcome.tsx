import {
  Alert,
  Button,
  Container,
  Group,
  SimpleGrid,
  Text,
  Title,
} from '@mantine/core';
import {
  IconHeart,
  IconTool,
  IconLock,
  IconToolsKitchen2,
} from '@tabler/icons-react';
import { Link, useLocation } from 'react-router';
import { t } from '../languages/texts';
import { paths } from '../paths';
import { PageTitle } from '../ui/Page';
import { HeroIllustration } from './HeroIllustration';
import styles from './Welcome.module.css';

const REASONS = [
  {
    Icon: IconTool,
    title: 'home.borrow.title',
    text: 'home.borrow.text',
  },
  {
    Icon: IconToolsKitchen2,
    title: 'home.cook.title',
    text: 'home.cook.text',
  },
  {
    Icon: IconLock,
    title: 'home.private.title',
    text: 'home.private.text',
  },
] as const;

/** Introduces NeighborShare to visitors. */
export function Welcome() {
  const state: unknown = useLocation().state;
  return (
    <Container size="lg" py={{ base: 'lg', sm: 48 }}>
      <PageTitle>{t('home.slogan')}</PageTitle>
      {isFarewell(state) && (
        <Alert
          role="status"
          color="sage"
          variant="light"
          mb="xl"
          icon={<IconHeart size={20} />}
        >
          <Text c="var(--mantine-color-text)">{t('home.farewell')}</Text>
        </Alert>
      )}
      <div className={styles.hero}>
        <div>
          <Title order={1} className={styles.title}>
            {t('home.slogan')}
          </Title>
          <Text size="lg" mt="md" maw="38ch">
            {t('home.intro')}
          </Text>
          <Group mt="xl" gap="sm">
            <Button component={Link} to={paths.signUp} size="lg">
              {t('home.signUp')}
            </Button>
            <Button
              component={Link}
              to={paths.login}
              size="lg"
              variant="default"
            >
              {t('home.haveAccount')}
            </Button>
          </Group>
        </div>
        <HeroIllustration />
      </div>
      <SimpleGrid
        cols={{ base: 1, sm: 3 }}
        spacing="lg"
        mt={{ base: 32, sm: 56 }}
      >
        {REASONS.map(({ Icon, title, text }) => (
          <div key={title}>
            <Icon
              size={30}
              stroke={1.5}
              color="var(--mantine-color-anchor)"
              aria-hidden="true"
            />
            <Title order={2} size="h4" mt={6}>
              {t(title)}
            </Title>
            <Text c="dimmed" mt={4}>
              {t(text)}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </Container>
  );
}

/** Whether the visitor has just deleted their account. */
const isFarewell = (state: unknown): boolean =>
  typeof state === 'object' && state != null && 'farewell' in state;
