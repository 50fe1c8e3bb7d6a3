package claims

// Ids of the rules that read votes.
const (
	ruleVoteUnanimous = "VOTE-UNANIMITE-1"
	ruleVoteAbstain   = "VOTE-UNANIMITE-2"
	ruleVoteOutcome   = "VOTE-ISSUE-1"
	ruleVoteOpinion   = "VOTE-AVIS-1"
	ruleVoteActed     = "VOTE-ACTE-1"
	ruleVoteGone      = "VOTE-RETRAIT-1"
	ruleVoteNumber    = "VOTE-NOMBRE-1"
	ruleVoteGroup     = "VOTE-GROUPE-1"
	ruleVoteUnions    = "VOTE-SYNDICATS-1"
	ruleVoteMajority  = "VOTE-MAJORITE-1"
)

// structureRules are the rules that read votes, in words and in whole minutes.
var structureRules = []Rule{
	{ruleVoteUnanimous, KindVote, "La déclaration dit un vote unanime ou sans opposition ; le relevé compte des voix de l’autre côté."},
	{ruleVoteAbstain, KindVote, "La déclaration dit un vote unanime, sans parler des suffrages exprimés ; le relevé compte des abstentions."},
	{ruleVoteOutcome, KindVote, "La déclaration dit le texte adopté ou l’avis favorable, ou l’inverse ; le relevé consigne le contraire."},
	{ruleVoteOpinion, KindVote, "La déclaration dit qu’un comité consultatif a approuvé ; le collège du personnel n’y était pas favorable. Un comité social territorial rend un avis, il ne décide pas (décret 2021-571)."},
	{ruleVoteActed, KindVote, "La déclaration dit le texte approuvé ; l’instance en a seulement pris acte."},
	{ruleVoteGone, KindVote, "La déclaration dit le texte adopté ; il a été retiré ou reporté."},
	{ruleVoteNumber, KindVote, "La déclaration compte d’autres voix que le relevé du même vote."},
	{ruleVoteGroup, KindVote, "La déclaration prête à un groupe ou à une organisation un autre vote que le relevé."},
	{ruleVoteUnions, KindVote, "La déclaration parle de toutes les organisations syndicales ; le relevé en montre qui ont voté autrement."},
	{ruleVoteMajority, KindVote, "La déclaration dit la majorité unie ; le relevé montre des membres qui s’en sont écartés."},
}
