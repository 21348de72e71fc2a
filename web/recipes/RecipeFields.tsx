import { NumberInput, TextInput, Textarea } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import * as z from 'zod';

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
        label="What is it called?"
        placeholder="Grandma’s lentil soup"
        autoComplete="off"
        required
        {...form.getInputProps('title')}
      />
      <NumberInput
        label="How many minutes does it take?"
        description="From start to table"
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
        label="How do you make it?"
        description="What is needed, and what to do. Line breaks are kept."
        autosize
        minRows={8}
        required
        {...form.getInputProps('instructions')}
      />
      <Textarea
        label="What do you need for it? (optional)"
        description="One thing on each line. Perhaps a neighbor lends it."
        placeholder={'Cake tin\nHand mixer'}
        autosize
        minRows={2}
        {...form.getInputProps('equipment')}
      />
    </>
  );
}
