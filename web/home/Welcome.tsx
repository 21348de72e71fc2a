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
import { paths } from '../paths';
import { PageTitle } from '../ui/Page';
import { HeroIllustration } from './HeroIllustration';
import styles from './Welcome.module.css';

const REASONS = [
  {
    Icon: IconTool,
    title: 'Borrow instead of buying',
    text: 'The drill, the tent, the cake tin: somebody next door has one, and lends it to you.',
  },
  {
    Icon: IconToolsKitchen2,
    title: 'Cook what next door cooks',
    text: 'Read the recipes your neighbors love, and share your own.',
  },
  {
    Icon: IconLock,
    title: 'Just us',
    text: 'No ads, no tracking. Only the people of your neighborhood see what you share.',
  },
];

/** Introduces NeighborShare to visitors. */
export function Welcome() {
  const state: unknown = useLocation().state;
  return (
    <Container size="lg" py={{ base: 'lg', sm: 48 }}>
      <PageTitle>Good things, shared next door</PageTitle>
      {isFarewell(state) && (
        <Alert
          role="status"
          color="sage"
          variant="light"
          mb="xl"
          icon={<IconHeart size={20} />}
        >
          <Text c="var(--mantine-color-text)">
            Your account is deleted. Thank you for having been a neighbor: you
            are welcome back at any time.
          </Text>
        </Alert>
      )}
      <div className={styles.hero}>
        <div>
          <Title order={1} className={styles.title}>
            Good things, shared next door
          </Title>
          <Text size="lg" mt="md" maw="38ch">
            NeighborShare is where the people around you lend each other things
            and swap the recipes they are proud of. Bring one, take one.
          </Text>
          <Group mt="xl" gap="sm">
            <Button component={Link} to={paths.signUp} size="lg">
              Sign up
            </Button>
            <Button
              component={Link}
              to={paths.login}
              size="lg"
              variant="default"
            >
              I have an account
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
              {title}
            </Title>
            <Text c="dimmed" mt={4}>
              {text}
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
