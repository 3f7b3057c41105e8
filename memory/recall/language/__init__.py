"""Words of English, German and Chinese as questions and screens use them: stems, spellings, values, dates."""
