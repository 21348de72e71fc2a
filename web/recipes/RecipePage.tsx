import { useQuery } from '@apollo/client/react';
import { Box, Button, Group, Paper, Text, Title } from '@mantine/core';
import { IconClock, IconPencil } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { graphql } from '../apollo/graphql';
import { rich, t } from '../languages/texts';
import { BYLINE, Byline } from './Byline';
import { DELETE_RECIPE_FRAGMENT, DeleteRecipe } from './DeleteRecipe';
import { NotFoundMessage } from '../ui/NotFoundMessage';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
import { TimeAgo } from '../ui/TimeAgo';
import { duration } from '../ui/duration';
import { paths } from '../paths';
import styles from './RecipePage.module.css';
import { UserText } from '../ui/UserText';

const RECIPE = graphql(
  `
    query Recipe($id: ID!) {
      me {
        id
      }
      recipe(id: $id) {
        id
        title
        instructions
        minutesToComplete
        equipment
        neighborhood {
          id
        }
        createdAt
        updatedAt
        author {
          id
        }
        ...Byline_recipe
        ...DeleteRecipe_recipe
      }
    }
  `,
  [BYLINE, DELETE_RECIPE_FRAGMENT],
);

/** Page of a recipe. */
export function RecipePage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(RECIPE, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });

  if (!data)
    return (
      <PagePending title={t('recipes.recipe')} error={error} retry={refetch} />
    );

  const { me, recipe } = data;
  if (!recipe)
    return (
      <NotFoundMessage title={t('recipes.notFound')}>
        {t('recipes.notFoundText')}
      </NotFoundMessage>
    );

  const isOwn = recipe.author.id === me.id;
  return (
    <Page
      title={recipe.title}
      lead={
        <Group gap="md">
          <Byline recipe={recipe} isLink />
          <Group gap={5} wrap="nowrap">
            <IconClock size={18} aria-hidden="true" />
            <Text size="sm">{duration(recipe.minutesToComplete)}</Text>
          </Group>
        </Group>
      }
    >
      <Paper
        component="article"
        className="surface"
        p={{ base: 'lg', sm: 'xl' }}
      >
        {recipe.equipment.length > 0 && recipe.neighborhood && (
          <ToolList
            equipment={recipe.equipment}
            neighborhoodId={recipe.neighborhood.id}
          />
        )}
        <UserText className="instructions">{recipe.instructions}</UserText>
        {recipe.updatedAt !== recipe.createdAt && (
          <Text size="sm" c="dimmed" mt="lg">
            {rich('recipes.changed', {
              ago: <TimeAgo at={recipe.updatedAt} />,
            })}
          </Text>
        )}
      </Paper>
      {isOwn && (
        <Group mt="lg" gap="sm">
          <Button
            component={Link}
            to={paths.editRecipe(recipe.id)}
            variant="default"
            leftSection={<IconPencil size={18} />}
          >
            {t('recipes.edit')}
          </Button>
          <DeleteRecipe recipe={recipe} />
        </Group>
      )}
    </Page>
  );
}

/** Tools of a recipe. Each links to a search for items of that name, as a neighbor may lend it. */
function ToolList({
  equipment,
  neighborhoodId,
}: {
  equipment: readonly string[];
  neighborhoodId: string;
}) {
  return (
    <Box mb="lg">
      <Title order={2} size="h5">
        {t('recipes.equipment')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('recipes.equipmentHint')}
      </Text>
      <Group component="ul" className="plain-list" gap="xs" mt="xs">
        {equipment.map((tool) => (
          <li key={tool}>
            <Button
              component={Link}
              to={`${paths.items(neighborhoodId)}?${new URLSearchParams({ search: tool }).toString()}`}
              variant="default"
              size="compact-md"
              className={styles.tool}
            >
              <bdi>{tool}</bdi>
            </Button>
          </li>
        ))}
      </Group>
    </Box>
  );
}
