import type { FragmentType } from '@apollo/client';
import { useFragment, useMutation } from '@apollo/client/react';
import { IconTrash } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { DeleteRecipe_RecipeFragment } from '../generated/types';
import { t } from '../languages/texts';
import { paths } from '../paths';
import { ConfirmButton } from '../ui/ConfirmButton';
import { toastDone } from '../ui/toast';

/** Fields that deleting a recipe needs. */
export const DELETE_RECIPE_FRAGMENT = graphql(`
  fragment DeleteRecipe_recipe on Recipe {
    id
    title
    neighborhood {
      id
    }
  }
`);

const DELETE_RECIPE = graphql(
  `
    mutation DeleteRecipe($input: DeleteRecipeInput!) {
      deleteRecipe(input: $input) {
        recipe {
          id
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** Button that deletes a recipe after a confirmation. */
export function DeleteRecipe({
  recipe,
}: {
  recipe: FragmentType<DeleteRecipe_RecipeFragment>;
}) {
  const { data, complete } = useFragment({
    fragment: DELETE_RECIPE_FRAGMENT,
    from: recipe,
  });
  const navigate = useNavigate();
  const [deleteRecipe, { client }] = useMutation(DELETE_RECIPE);
  if (!complete) return null;

  const confirm = async () => {
    const answer = await deleteRecipe({
      variables: { input: { recipeId: data.id } },
    });
    const { recipe: deleted, errors } = answer.data?.deleteRecipe ?? {};
    if (deleted) {
      // Leaves the page first, which would otherwise show "not found" without its recipe.
      const { neighborhood } = data;
      await navigate(
        neighborhood ? paths.recipes(neighborhood.id) : paths.home,
        { flushSync: true, replace: true },
      );
      client.cache.evict({ id: client.cache.identify(data) });
      client.cache.gc();
      toastDone(t('recipes.deleted', { title: data.title }));
    }
    return errors ?? [];
  };

  return (
    <ConfirmButton
      label={t('recipes.delete')}
      variant="subtle"
      color="red"
      c="var(--mantine-color-error)"
      leftSection={<IconTrash size={18} />}
      title={t('recipes.deleteTitle')}
      text={t('recipes.deleteText', { title: data.title })}
      confirmLabel={t('recipes.deleteConfirm')}
      cancelLabel={t('recipes.deleteCancel')}
      onConfirm={confirm}
    />
  );
}
