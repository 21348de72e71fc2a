import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { IconMail, IconPlus, IconUserCircle } from '@tabler/icons-react';
import { Link } from 'react-router';
import { t } from '../languages/texts';
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
        {t(hasOffered ? 'home.introduceTitle' : 'home.bringTitle')}
      </Title>
      <Text mt={4}>
        {t(hasOffered ? 'home.introduceText' : 'home.bringText')}
      </Text>
      <Group mt="md" gap="sm">
        {!hasOffered && (
          <>
            <Button
              component={Link}
              to={paths.newItem(neighborhoodId)}
              leftSection={<IconPlus size={18} />}
            >
              {t('home.offer')}
            </Button>
            <Button
              component={Link}
              to={paths.newRecipe(neighborhoodId)}
              variant="default"
              leftSection={<IconPlus size={18} />}
            >
              {t('home.shareRecipe')}
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
            {t('home.introduce')}
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
        {t('home.inviteTitle')}
      </Title>
      <Text mt={4}>{t('home.inviteText')}</Text>
      <Button
        component={Link}
        to={paths.neighborhood(neighborhoodId)}
        leftSection={<IconMail size={18} />}
        mt="md"
      >
        {t('home.invite')}
      </Button>
    </Paper>
  );
}
