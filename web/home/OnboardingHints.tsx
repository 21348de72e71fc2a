import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { IconMail, IconPlus, IconUserCircle } from '@tabler/icons-react';
import { Link } from 'react-router';
import { paths } from '../paths';

/** Hints for a new member; nothing once all are done. */
export function OnboardingHints({
  neighborhoodId,
  isIntroduced,
  isAlone,
  hasOffered,
}: {
  neighborhoodId: string;
  isIntroduced: boolean;
  /** Whether the viewer is the only member. */
  isAlone: boolean;
  hasOffered: boolean;
}) {
  if (isAlone) return <InviteHint neighborhoodId={neighborhoodId} />;
  if (isIntroduced && hasOffered) return null;
  return (
    <Paper
      component="section"
      className="surface surface-warm"
      p="lg"
      aria-labelledby="first-steps"
    >
      <Title order={2} id="first-steps" size="h4">
        {hasOffered ? 'Say who you are' : 'Bring something to the table'}
      </Title>
      <Text mt={4}>
        {hasOffered
          ? 'A few words about you, and neighbors know whom they lend to.'
          : 'A ladder, a cake tin, the soup you make on Mondays: it need not be fancy.'}
      </Text>
      <Group mt="md" gap="sm">
        {!hasOffered && (
          <>
            <Button
              component={Link}
              to={paths.newItem(neighborhoodId)}
              leftSection={<IconPlus size={18} />}
            >
              Offer a thing
            </Button>
            <Button
              component={Link}
              to={paths.newRecipe(neighborhoodId)}
              variant="default"
              leftSection={<IconPlus size={18} />}
            >
              Share a recipe
            </Button>
          </>
        )}
        {!isIntroduced && (
          <Button
            component={Link}
            to={paths.editProfile}
            variant="default"
            leftSection={<IconUserCircle size={18} />}
          >
            Introduce yourself
          </Button>
        )}
      </Group>
    </Paper>
  );
}

/** Hint for the founder of a neighborhood, who has nobody to share with yet. */
function InviteHint({ neighborhoodId }: { neighborhoodId: string }) {
  return (
    <Paper
      component="section"
      className="surface surface-warm"
      p="lg"
      aria-labelledby="first-steps"
    >
      <Title order={2} id="first-steps" size="h4">
        Invite your neighbors
      </Title>
      <Text mt={4}>
        It is just you so far. Make a link, and send it to the people around
        you.
      </Text>
      <Button
        component={Link}
        to={paths.neighborhood(neighborhoodId)}
        leftSection={<IconMail size={18} />}
        mt="md"
      >
        Invite neighbors
      </Button>
    </Paper>
  );
}
