import { NumberInput, TextInput, Textarea } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import * as z from 'zod';
import { t } from '../languages/texts';

/** A recipe as it is being written. */
export type RecipeValues = {
  title: string;
  /** Empty until a number is typed. */
  minutesToComplete: number | '';
  instructions: string;
  /** The equipment besides ingredients, one on each line. */
  equipment: string;
};

/** The field for equipment, which is one text in the form. */
export const equipmentField = { equipment: z.string().optional() };

/** Splits the text of the field into what the API takes. */
export const toEquipment = (text = ''): string[] =>
  text.split('\n').filter((line) => line.trim() !== '');

/** The fields of a recipe, new or not. */
export function RecipeFields({
  form,
}: {
  form: UseFormReturnType<RecipeValues>;
}) {
  return (
    <>
      <TextInput
        label={t('recipes.form.title')}
        placeholder={t('recipes.form.titleExample')}
        autoComplete="off"
        required
        {...form.getInputProps('title')}
      />
      <NumberInput
        label={t('recipes.form.minutes')}
        description={t('recipes.form.minutesHint')}
        placeholder="45"
        maw={320}
        maxLength={7}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="none"
        hideControls
        inputMode="numeric"
        autoComplete="off"
        required
        {...form.getInputProps('minutesToComplete')}
      />
      <Textarea
        label={t('recipes.form.instructions')}
        description={t('recipes.form.instructionsHint')}
        autosize
        minRows={8}
        required
        {...form.getInputProps('instructions')}
      />
      <Textarea
        label={t('recipes.form.equipment')}
        description={t('recipes.form.equipmentHint')}
        placeholder={t('recipes.form.equipmentExample')}
        autosize
        minRows={2}
        {...form.getInputProps('equipment')}
      />
    </>
  );
}
